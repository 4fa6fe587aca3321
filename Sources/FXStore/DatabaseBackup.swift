import FXCore
import FXSystem
import GRDB
import Glibc

/// A copy of the database that is made while the daemon runs, with SQLite's online backup.
///
/// The copy is the state of one instant: whatever is committed meanwhile is not in it. It is written
/// beside its destination and gets its name once it is whole and on the disk.
struct DatabaseBackup {
  /// The pages copied between two reports of progress: four mebibytes.
  private static let pagesPerStep: CInt = 1024

  let source: String
  let destination: String

  /// The unfinished copy.
  private var unfinished: String { destination + ".part" }

  /// Makes the copy, which only its owner can read; throws if the destination exists.
  ///
  /// `progress` is called with the percentage that is done. Cost: the size of the database.
  func make(progress: (_ percent: Int) -> Void) throws(StoreProblem) {
    guard access(destination, F_OK) != 0 else {
      throw StoreProblem(.permanent, "\(destination): already exists; name a new file")
    }
    let database = try DatabaseFile.openForReading(source)
    try createFile()
    do throws(StoreProblem) {
      try copy(of: database, progress)
      try giveName()
    } catch {
      unlink(unfinished)
      throw error
    }
  }

  private func createFile() throws(StoreProblem) {
    unlink(unfinished)
    let created = open(unfinished, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard created >= 0 else { throw failed("cannot be created") }
    fchmod(created, 0o600)
    close(created)
  }

  private func copy(
    of database: DatabaseQueue, _ progress: (Int) -> Void
  ) throws(StoreProblem) {
    do {
      let copy = try DatabaseQueue(path: unfinished)
      try withoutActuallyEscaping(progress) { progress in
        try database.backup(to: copy, pagesPerStep: Self.pagesPerStep) { step in
          progress(step.completedPageCount * 100 / max(1, step.totalPageCount))
        }
      }
      try copy.close()
    } catch let error as DatabaseError where Self.isOfSource(error.resultCode) {
      throw StoreProblem(error, at: source)
    } catch {
      throw StoreProblem(error, at: destination)
    }
  }

  private static func isOfSource(_ code: ResultCode) -> Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_BUSY, .SQLITE_LOCKED].contains(code)
  }

  /// Waits for the disk, and gives the copy its name unless another file has it meanwhile.
  private func giveName() throws(StoreProblem) {
    let file = open(unfinished, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failed("cannot be opened") }
    let isStored = fsync(file) == 0
    close(file)
    guard isStored, link(unfinished, destination) == 0 else { throw failed("cannot be written") }
    unlink(unfinished)
  }

  private func failed(_ what: String) -> StoreProblem {
    StoreProblem(
      .permanent,
      "\(destination): \(what) (\(SystemError.last)); name a file in an existing directory with write"
        + " access and enough space")
  }
}
