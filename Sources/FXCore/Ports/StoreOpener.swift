/// Opens one installation's store: each kind of store supplies one.
///
/// `Setup+Store.swift` is the only place that chooses a kind.
package protocol StoreOpener: Sendable {
  /// The place of the data, as it is printed in messages.
  var location: String { get }

  /// Locks the data itself for a daemon or an import; creates the store if it is missing.
  ///
  /// Beside the lock of the state directory, which no longer holds once its file is
  /// deleted. Throws a temporary problem while another process holds the lock. To be released
  /// after the connections of this process are closed.
  func lock() throws(StoreProblem) -> any StoreLock

  /// Opens the store for the daemon: creates it if it is missing, and upgrades an older one.
  ///
  /// Takes as long as the upgrade does, off the caller's executor.
  func openForEngine() async throws(StoreProblem) -> any EngineStore

  /// Opens the store for reading; it never creates or changes anything.
  ///
  /// Throws if the daemon of this version has never run with it.
  func openForReading() throws(StoreProblem) -> any HistoryReading

  /// Opens the store for a command that writes.
  ///
  /// Throws if the daemon of this version has never run with it, unless `creating`: then it creates
  /// or upgrades the store like the daemon does.
  func openForWriting(creating: Bool) throws(StoreProblem) -> any CommandWriting

  /// Copies the store into a new file, beside a running daemon or without one.
  ///
  /// The name of the file ends with `.part` until the copy is whole.
  /// `progress` is called with the percentage that is done, now and then. Throws where the file exists,
  /// and for a store that has other tools for it.
  func backUp(to file: String, progress: (_ percent: Int) -> Void) throws(StoreProblem)

  /// Opens the tables of the store for a copy; with `creating`, creates what is missing.
  func openForCopying(creating: Bool) throws(StoreProblem) -> any TableCopying

  /// Returns what an administrator should know of how the data is kept, one sentence each; nothing where
  /// the store cannot be reached.
  func warnings() -> [String]

  /// Returns this process's part among several daemons that share the store; nil for a store that belongs
  /// to one machine.
  func replica(version: String) -> (any Replica)?
}

extension StoreOpener {
  /// None by default.
  package func warnings() -> [String] { [] }

  /// Nil: by default a store belongs to one machine.
  package func replica(version: String) -> (any Replica)? { nil }
}
