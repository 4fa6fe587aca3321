import FXConfig
import FXCore
package import FXDaemon
import FXSystem
import Glibc

/// Writes a config file, but only one that is valid.
package struct ConfigWriter: Sendable {
  private let file: String
  private let environment: [String: String]

  /// A writer of a file.
  package init(file: String, environment: [String: String]) {
    self.file = file
    self.environment = environment
  }

  /// Indicates whether there is such a file.
  package var exists: Bool { access(file, F_OK) == 0 }

  /// Returns the text of the file; throws where it cannot be read.
  package func text() throws(CommandFailure) -> String {
    do throws(ConfigProblems) {
      return String(decoding: try ConfigFile.read(path: file), as: UTF8.self)
    } catch {
      throw .badConfig(error)
    }
  }

  /// Replaces the file by another text in one step, with the same owner and mode, and returns the context
  /// of the new config; throws its problems, and leaves the file as it was, where it is invalid.
  package func replace(by text: String) throws(CommandFailure) -> CommandContext {
    let draft = "\(file).new"
    do throws(SystemError) {
      try write(text, to: draft)
    } catch {
      throw .failed("cannot write \(draft.quoted): \(error)")
    }
    do throws(CommandFailure) {
      _ = try CommandContext(file: draft, environment: environment)
    } catch {
      unlink(draft)
      throw .ended(
        error.message.replacing("\(draft):", with: "\(file):") + "\n\(file) is as it was",
        status: error.status)
    }
    guard rename(draft, file) == 0 else {
      let error = SystemError.last
      unlink(draft)
      throw .failed("cannot replace \(file.quoted): \(error)")
    }
    return try CommandContext(file: file, environment: environment)
  }

  /// Writes a secret into a file that only its owner can read, in a folder beside the config; returns its
  /// path as the config names it.
  package func writeSecret(_ secret: String, named name: String) throws(CommandFailure) -> String {
    let folder = ConfigFile.folder(of: file) + "secrets"
    mkdir(folder, 0o700)
    let path = "\(folder)/\(name)"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      throw .failed("cannot create \(path.quoted): \(SystemError.last)")
    }
    defer { close(descriptor) }
    do throws(SystemError) {
      try Self.write(Array(secret.utf8) + [UInt8(ascii: "\n")], to: descriptor)
    } catch {
      throw .failed("cannot write \(path.quoted): \(error)")
    }
    return "secrets/\(name)"
  }

  private func write(_ text: String, to draft: String) throws(SystemError) {
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
    let descriptor = open(draft, flags, 0o644)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    var status = stat()
    if stat(file, &status) == 0 {
      guard fchmod(descriptor, status.st_mode & 0o7777) == 0 else { throw .last }
      // Only root can give a file to another user.
      fchown(descriptor, status.st_uid, status.st_gid)
    }
    try Self.write(Array(text.utf8), to: descriptor)
    guard fsync(descriptor) == 0 else { throw .last }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        throw .last
      }
    }
  }
}
