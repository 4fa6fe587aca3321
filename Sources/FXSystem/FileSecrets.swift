import CSystemd
package import FXCore
import Glibc

/// Reads secrets from systemd's credentials directory and from files.
package struct FileSecrets: Secrets {
  /// The size limit of a secret; systemd allows 1 MiB for a credential.
  package static let maximumBytes = 64 << 10

  private let credentialsDirectory: String?

  /// The folder of the config, with a slash at its end; empty for the working directory.
  private let folder: String

  /// Creates a reader of secrets; of the environment only `CREDENTIALS_DIRECTORY` is used.
  ///
  /// Relative paths of files are relative to `folder`, which is empty or ends with a slash.
  package init(environment: [String: String], folder: String) {
    credentialsDirectory = environment["CREDENTIALS_DIRECTORY"]
    self.folder = folder
  }

  package func read(_ reference: SecretReference) throws(SecretProblem) -> Secret {
    switch reference {
    case .credential(let name): try credential(name)
    case .file(let path):
      try Self.contents(
        of: path.hasPrefix("/") ? path : folder + path, called: "\(reference)",
        mayBeWorldReadable: false,
        ifAbsent: "create the file, readable only by the user fxwatch runs as")
    }
  }

  private func credential(_ name: String) throws(SecretProblem) -> Secret {
    let called = "\(SecretReference.credential(name))"
    guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
      throw SecretProblem("\(called) is not a credential name; use a name without '/'")
    }
    let remedy = "add LoadCredential=\(name):/path to the unit"
    guard let credentialsDirectory else {
      throw SecretProblem("\(called) is missing: $CREDENTIALS_DIRECTORY is not set; \(remedy)")
    }
    // Only the unit's user can enter systemd's directory, so the mode of the file does not matter.
    return try Self.contents(
      of: "\(credentialsDirectory)/\(name)", called: called, mayBeWorldReadable: true,
      ifAbsent: remedy)
  }

  /// Returns the content of a file; `called` is its name in messages.
  private static func contents(
    of path: String, called: String, mayBeWorldReadable: Bool, ifAbsent remedy: String
  ) throws(SecretProblem) -> Secret {
    // Without O_NONBLOCK opening a named pipe would block.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else {
      let error = SystemError.last
      throw SecretProblem(
        error.code == ENOENT
          ? "\(called) is missing; \(remedy)"
          : error.isTransient
            ? "cannot read \(called) (\(error))"
            : "cannot read \(called) (\(error)); make it readable for the user fxwatch runs as",
        isTransient: error.isTransient)
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SecretProblem(
        "\(called) is not a regular file; name a file that contains only the secret")
    }
    guard mayBeWorldReadable || status.st_mode & S_IROTH == 0 else {
      throw SecretProblem(
        "\(called) is readable by every user; run chmod o-r on it", isExposed: true)
    }
    guard mayBeWorldReadable || status.st_mode & S_IWOTH == 0 else {
      throw SecretProblem(
        "\(called) is writable for every user; run chmod o-w on it", isExposed: true)
    }
    let bytes = try read(descriptor, called: called)
    guard bytes.count <= maximumBytes else {
      throw SecretProblem("\(called) is larger than 64 KiB; it must contain only the secret")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SecretProblem("\(called) is not UTF-8 text; it must contain only the secret")
    }
    let secret = text.last?.isNewline == true ? text.dropLast() : text[...]
    guard !secret.isEmpty else {
      throw SecretProblem("\(called) is empty; write the secret into it")
    }
    return Secret(String(secret))
  }

  /// Reads a file up to a little more than the size limit.
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
        let error = SystemError.last
        throw SecretProblem("cannot read \(called) (\(error))", isTransient: error.isTransient)
      }
    }
    return bytes
  }
}
