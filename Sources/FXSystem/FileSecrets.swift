package import FXCore
import Glibc

/// Reads secrets from systemd's credentials directory and from files.
package struct FileSecrets: Secrets {
  /// A secret is a line or two; systemd itself allows a credential 1 MiB.
  package static let maximumBytes = 64 << 10

  private let credentialsDirectory: String?

  /// Secrets of the process with that environment; only `CREDENTIALS_DIRECTORY` is looked at.
  package init(environment: [String: String]) {
    credentialsDirectory = environment["CREDENTIALS_DIRECTORY"]
  }

  package func read(_ reference: SecretReference) throws(SecretProblem) -> Secret {
    switch reference {
    case .credential(let name): try credential(name)
    case .file(let path):
      try Self.contents(
        of: path, called: "\(reference)", mayBeWorldReadable: false,
        ifAbsent: "write the secret there, readable only for the user fxwatch runs as")
    }
  }

  private func credential(_ name: String) throws(SecretProblem) -> Secret {
    let called = "\(SecretReference.credential(name))"
    guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
      throw SecretProblem("\(called) is not a credential's name; use one without '/'")
    }
    let remedy = "give the unit LoadCredential=\(name):/path"
    guard let credentialsDirectory else {
      throw SecretProblem("\(called) is not there: $CREDENTIALS_DIRECTORY is not set; \(remedy)")
    }
    // Only the unit's user can enter systemd's directory, whatever the mode of the file in it.
    return try Self.contents(
      of: "\(credentialsDirectory)/\(name)", called: called, mayBeWorldReadable: true,
      ifAbsent: remedy)
  }

  /// The text of a file; `called` is how sentences name it.
  private static func contents(
    of path: String, called: String, mayBeWorldReadable: Bool, ifAbsent remedy: String
  ) throws(SecretProblem) -> Secret {
    // Without O_NONBLOCK a named pipe would hang the start.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      let error = SystemError.last
      throw SecretProblem(
        error.code == ENOENT
          ? "\(called) is not there; \(remedy)"
          : "\(called) cannot be read (\(error)); make it readable for the user fxwatch runs as")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SecretProblem(
        "\(called) is not a regular file; name a file that holds the secret alone")
    }
    guard mayBeWorldReadable || status.st_mode & S_IROTH == 0 else {
      throw SecretProblem("\(called) can be read by every user; take that away with chmod o-r")
    }
    let bytes = try read(descriptor, called: called)
    guard bytes.count <= maximumBytes else {
      throw SecretProblem("\(called) is larger than 64 KiB; it must hold the secret alone")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SecretProblem("\(called) is not text in UTF-8; it must hold the secret alone")
    }
    let secret = text.last?.isNewline == true ? text.dropLast() : text[...]
    guard !secret.isEmpty else {
      throw SecretProblem("\(called) is empty; write the secret into it")
    }
    return Secret(String(secret))
  }

  /// Up to one byte more than is allowed.
  private static func read(
    _ descriptor: Int32, called: String
  ) throws(SecretProblem) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= maximumBytes {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { break }
      if count > 0 {
        bytes.append(contentsOf: buffer[..<count])
      } else if errno != EINTR {
        throw SecretProblem("\(called) cannot be read (\(SystemError.last))")
      }
    }
    return bytes
  }
}
