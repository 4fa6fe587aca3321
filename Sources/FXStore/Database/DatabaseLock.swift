import FXCore
import FXSystem
import Glibc

/// A lock on the database file itself, so that two daemons cannot use one database even if the
/// lock file of the state directory is deleted.
///
/// It is an open-file-description lock (fcntl(2), `F_OFD_SETLK`) on one byte far beyond the bytes that
/// SQLite locks. A POSIX lock would be released whenever SQLite closes a descriptor of the file, and
/// flock(2) is a lock on the whole file on NFS, which conflicts with SQLite's own. Closing the
/// descriptor releases SQLite's locks in this process, so the lock outlives every connection. Child
/// processes do not inherit it.
final class DatabaseLock: StoreLock {
  /// The locked byte: no file has as many, and SQLite locks those after 2^30
  /// (https://www.sqlite.org/src/file/src/os.h).
  private static let offset: off_t = 1 << 62

  /// `F_OFD_SETLK` of fcntl(2), which Swift's Glibc does not declare.
  private static let setLock: Int32 = 37

  private let descriptor: Int32

  /// Locks the database at `path`; creates an empty file if it is missing.
  init(path: String) throws(StoreProblem) {
    try DatabaseFile.refuseDirectory(at: path)
    try DatabaseMode.protect(path)
    let opened = open(path, O_RDWR | O_CLOEXEC)
    guard opened >= 0 else { throw StoreProblem(path, SystemError.last) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    lock.l_start = Self.offset
    lock.l_len = 1
    guard fcntl(opened, Self.setLock, &lock) == 0 else {
      let error = SystemError.last
      close(opened)
      guard [EAGAIN, EACCES].contains(error.code) else { throw StoreProblem(path, error) }
      throw StoreProblem(
        .temporary,
        "\(path): another fxwatch uses this database, although it does not hold the lock file beside "
          + "it; stop it, or set another directory under 'state' in the config")
    }
    descriptor = opened
  }

  deinit { close(descriptor) }
}
