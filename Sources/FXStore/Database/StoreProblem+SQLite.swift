package import FXCore
import FXSystem
import GRDB
import GRDBSQLite
import Glibc

extension StoreProblem {
  /// Converts an error of the database at `path`, with what to do about it.
  ///
  /// It contains neither SQL nor SQLite's own text: both can quote stored values.
  init(_ error: any Error, at path: String) {
    switch error {
    case let problem as StoreProblem:
      self = problem
    case let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN:
      self = .cannotOpen(path)
    case let error as DatabaseError:
      self.init(sqliteCode: error.extendedResultCode.rawValue, at: path)
    case let error as DamagedRow:
      self.init(.permanent, "\(path): \(error.description); \(Self.repair)")
    case let error as DuplicateNumber:
      self = .duplicate(error.row, at: path)
    case is StrayObservation:
      self = .strayRates(at: path)
    case let error as UnknownColumn:
      self.init(
        .permanent,
        "\(path): column '\(error.name)' cannot be read; this is a bug in fxwatch, please report it"
      )
    default:
      self.init(
        .permanent, "\(path): contains a value that this program cannot read; \(Self.restore)")
    }
  }

  /// Converts one of SQLite's result codes (https://www.sqlite.org/rescode.html), primary or
  /// extended.
  package init(sqliteCode code: Int32, at path: String) {
    switch ResultCode(rawValue: code & 0xFF) {
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      self.init(
        .temporary,
        "\(path): another program is writing to the database; end it, or wait until it is done")
    case .SQLITE_FULL:
      self.init(.temporary, "\(path): the disk is full; free some space")
    case .SQLITE_IOERR:
      self.init(
        .temporary,
        "\(path): cannot be read or written (SQLite error \(code)); check the disk, its free space "
          + "and the kernel's log")
    case .SQLITE_NOMEM:
      self.init(
        .temporary, "\(path): there is not enough memory to use the database; free some memory")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      self.init(
        .permanent,
        "\(path): no write access; give the user that runs fxwatch write access to the file and its "
          + "directory")
    case .SQLITE_CANTOPEN:
      self.init(
        .permanent,
        "\(path): cannot be opened; check that its directory exists and that this user has access to "
          + "both"
      )
    case .SQLITE_NOTADB:
      self.init(.permanent, "\(path): is not a database; \(Self.restore)")
    case .SQLITE_CORRUPT:
      self.init(.permanent, "\(path): is damaged; \(Self.restore)")
    default:
      self.init(
        .permanent,
        "\(path): the database refused a change (SQLite error \(code)); this is a bug in fxwatch, "
          + "please report it")
    }
  }

  /// Returns the problem of a database that SQLite cannot open, or a file beside it.
  ///
  /// SQLite does not report the system's error, so the files are opened once more: with `O_PATH`, whose
  /// close does not release SQLite's locks in this process.
  private static func cannotOpen(_ path: String) -> StoreProblem {
    for file in [path, path + "-wal", path + "-shm"] {
      let descriptor = open(file, openPath | O_CLOEXEC)
      let error = SystemError.last
      if descriptor >= 0 {
        close(descriptor)
      } else if error.isTransient {
        return StoreProblem(path, error)
      }
    }
    return StoreProblem(sqliteCode: SQLITE_CANTOPEN, at: path)
  }

  /// `O_PATH` of open(2), which Swift's Glibc does not declare.
  private static let openPath: Int32 = 0o10000000

  /// Converts the system's error of opening the database at `path`.
  init(_ path: String, _ error: SystemError) {
    switch error.code {
    case EMFILE, ENFILE:
      self.init(
        .temporary,
        "\(path): cannot be opened (\(error)); allow more descriptors with LimitNOFILE= or "
          + "ulimit -n")
    case _ where error.isTransient:
      self.init(
        .temporary,
        "\(path): cannot be opened (\(error)); check the disk, its free space and the kernel's log")
    case EACCES, EPERM, EROFS: self.init(sqliteCode: SQLITE_READONLY, at: path)
    default: self.init(sqliteCode: SQLITE_CANTOPEN, at: path)
    }
  }

  private static let repair =
    "the file is damaged or was changed by another program: 'fxwatch store verify' lists all damage; "
    + "stop fxwatch and put back a backup"

  private static let restore =
    "stop fxwatch, move the file away, and put back a backup or what 'sqlite3 FILE .recover' "
    + "saves; without either, fxwatch starts a new history"
}
