package import FXCore
import GRDB

extension StoreProblem {
  /// What went wrong with the database at `path`, in words an administrator can act on.
  ///
  /// Neither SQL nor SQLite's own text gets through: both can quote what was stored.
  init(_ error: any Error, at path: String) {
    switch error {
    case let problem as StoreProblem:
      self = problem
    case let error as DatabaseError:
      self.init(sqliteCode: error.extendedResultCode.rawValue, at: path)
    case let error as TakenNumber:
      self.init(
        .permanent,
        "\(path): already holds another \(error.what); end any other fxwatch that writes to this "
          + "state directory, then start this one anew")
    case is StrayObservation:
      self.init(
        .permanent,
        "\(path): was given rates without their publication; this is a mistake in fxwatch, please "
          + "report it")
    default:
      self.init(
        .permanent,
        "\(path): holds something this program cannot read; \(Self.restore)")
    }
  }

  /// The problem behind one of SQLite's result codes (https://www.sqlite.org/rescode.html), primary
  /// or extended.
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
        "\(path): may not be written; give the user that runs fxwatch write access to the file and "
          + "its directory")
    case .SQLITE_CANTOPEN:
      self.init(
        .permanent,
        "\(path): cannot be opened; check that its directory exists and that this user may use both"
      )
    case .SQLITE_NOTADB:
      self.init(.permanent, "\(path): is not a database; \(Self.restore)")
    case .SQLITE_CORRUPT:
      self.init(.permanent, "\(path): is damaged; \(Self.restore)")
    default:
      self.init(
        .permanent,
        "\(path): the database refused a change (SQLite error \(code)); this is a mistake in "
          + "fxwatch, please report it")
    }
  }

  private static let restore =
    "stop fxwatch, move the file away, and put back a backup or what 'sqlite3 FILE .recover' "
    + "saves; without either, fxwatch starts a new history"
}
