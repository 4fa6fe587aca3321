import CSystemd
import FoundationEssentials
import Glibc

/// Locks a state directory, so that only one fxwatch uses it.
///
/// The lock is flock(2) on the file `lock` in the directory, which contains the owner's pid for the
/// other process's message. It is released when this object is deallocated or the process ends.
/// Child processes do not inherit it.
package final class StateDirectoryLock: Sendable {
  /// The most bytes read of the file: the digits of a pid and a newline.
  private static let maximumPIDBytes = 16

  private let descriptor: Int32

  /// A sentence about access that was taken from other users; nil if they had none.
  package let change: String?

  /// Locks a directory; creates it (mode 0700) if only its last path component is missing.
  ///
  /// Other users lose their access to an existing directory, unless it seems to be used for other
  /// things as well: then it is refused.
  package init(directory: String) throws(StateDirectoryProblem) {
    if mkdir(directory, 0o700) != 0, errno != EEXIST {
      throw Self.problem("create the state directory '\(directory)'", SystemError.last)
    }
    change = try StateDirectoryMode.protect(directory)
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
          + "'\(directory)'; stop it, or set another `state:` for this one",
        isLasting: false)
    }
    // Only for the other process's message: the lock works without it, even on a full disk.
    let pid = Array("\(getpid())\n".utf8)
    _ = ftruncate(opened, 0)
    _ = pwrite(opened, pid, pid.count, 0)
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// Returns the process that holds the lock of a directory; nil if none does.
  ///
  /// Reads /proc/locks: trying to lock could prevent a daemon from starting.
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

  /// Returns the pid in the lock file; nil if there is none.
  private static func holder(_ descriptor: Int32) -> Int32? {
    var bytes = [UInt8](repeating: 0, count: maximumPIDBytes)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: bytes[..<count], as: UTF8.self).prefix { $0.isNumber })
  }

  private static func advice(for code: Int32, isLasting: Bool) -> String {
    switch code {
    case EMFILE, ENFILE: "allow more descriptors with LimitNOFILE= or ulimit -n"
    case ENOSPC, EDQUOT: "free some space, or set another state directory with `state:`"
    case _ where isLasting:
      "make the state directory writable for the user fxwatch runs as, or set another with "
        + "`state:`"
    default: "check the disk, or set another state directory with `state:`"
    }
  }

  private static func problem(_ action: String, _ error: SystemError) -> StateDirectoryProblem {
    let isLasting = [EACCES, EPERM, EROFS, ENOENT, ENOTDIR, ELOOP].contains(error.code)
    return StateDirectoryProblem(
      message: "cannot \(action) (\(error)); "
        + advice(for: error.code, isLasting: isLasting),
      isLasting: isLasting)
  }
}
