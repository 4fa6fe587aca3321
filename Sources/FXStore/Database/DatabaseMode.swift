import FXCore
import FXSystem
import Glibc

/// The permissions of the database's files: only their owner can read them.
///
/// SQLite gives its log and the log's index the mode of the database, and creates the database with a
/// mode that depends on the umask.
enum DatabaseMode {
  private static let mode: mode_t = 0o600

  /// Creates a missing database file without content, and takes access from other users; throws if
  /// others can read a file and this user cannot change that.
  ///
  /// An existing file is not opened: closing it would release SQLite's locks in this process.
  static func protect(_ path: String) throws(StoreProblem) {
    let created = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    if created >= 0 {
      // Whatever the umask.
      fchmod(created, mode)
      close(created)
    }
    for file in [path, path + "-wal", path + "-shm", path + "-journal"] {
      var status = stat()
      guard stat(file, &status) == 0, status.st_mode & 0o077 != 0, chmod(file, mode) != 0,
        status.st_mode & 0o007 != 0
      else { continue }
      throw StoreProblem(
        .permanent,
        "\(file): is open to other users and cannot be protected (\(SystemError.last)); run chmod 600 "
          + "on it as its owner")
    }
  }
}
