import FoundationEssentials
import Glibc

/// Why a state directory cannot be used: a sentence that says what to do.
package struct StateDirectoryProblem: Error, Hashable, Sendable {
  package let message: String

  /// Whether another attempt would find the same, until somebody changes something.
  package let isLasting: Bool
}

/// Keeps a state directory to one fxwatch.
///
/// The lock is flock(2) on `lock` in the directory, which holds the owner's pid for the sentence the
/// other one prints. It is free as soon as this value or its process ends, however it ends. Children
/// do not inherit it.
package final class StateDirectoryLock: Sendable {
  /// Digits of a pid and a newline; more is not read.
  private static let maximumPIDBytes = 16

  private let descriptor: Int32

  /// Takes the lock of a directory, which is made (mode 0700) where only its last part is missing.
  package init(directory: String) throws(StateDirectoryProblem) {
    if mkdir(directory, 0o700) != 0, errno != EEXIST {
      throw Self.problem("make the state directory '\(directory)'", SystemError.last)
    }
    let path = "\(directory)/lock"
    let opened = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard opened >= 0 else { throw Self.problem("open '\(path)'", SystemError.last) }
    guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
      let error = SystemError.last
      let holder = Self.holder(opened)
      close(opened)
      guard error.code == EWOULDBLOCK else { throw Self.problem("lock '\(path)'", error) }
      throw StateDirectoryProblem(
        message: "another fxwatch\(holder.map { " (pid \($0))" } ?? "") already uses "
          + "'\(directory)'; stop it or give this one another `state:`",
        isLasting: false)
    }
    // Only a hint for the other one's sentence: the lock holds without it, even on a full disk.
    let pid = Array("\(getpid())\n".utf8)
    _ = ftruncate(opened, 0)
    _ = pwrite(opened, pid, pid.count, 0)
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// The process that holds the lock of a directory; nil where none does.
  ///
  /// Only looks: taking the lock to find out could keep a daemon from starting.
  package static func holder(ofDirectory directory: String) -> Int32? {
    let opened = open("\(directory)/lock", O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard opened >= 0 else { return nil }
    defer { close(opened) }
    var status = stat()
    guard let pid = holder(opened), fstat(opened, &status) == 0,
      let locks = try? String(contentsOfFile: "/proc/locks", encoding: .utf8)
    else { return nil }
    // A line is `1: FLOCK ADVISORY WRITE <pid> <device>:<inode> 0 EOF` (proc(5)).
    let isHeld = locks.split(separator: "\n").contains { line in
      let fields = line.split(separator: " ")
      return fields.count > 5 && fields[1] == "FLOCK" && fields[4] == "\(pid)"
        && fields[5].hasSuffix(":\(status.st_ino)")
    }
    return isHeld ? pid : nil
  }

  /// The pid written in the lock's file; nil where there is none yet.
  private static func holder(_ descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: maximumPIDBytes)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber })
  }

  private static func problem(_ action: String, _ error: SystemError) -> StateDirectoryProblem {
    let isLasting = [EACCES, EPERM, EROFS, ENOENT, ENOTDIR, ELOOP].contains(error.code)
    return StateDirectoryProblem(
      message: "cannot \(action) (\(error)); "
        + (isLasting
          ? "make the state directory writable for the user fxwatch runs as, or name another with "
            + "`state:`"
          : "free some space, or name another state directory with `state:`"),
      isLasting: isLasting)
  }
}
