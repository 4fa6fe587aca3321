import FXNotifiers
import FXSystem
import Glibc

/// The notifiers that write to the same place as others, or as the log: each event is written there once.
///
/// Under systemd standard output and the log are the journal, to which a `journald` notifier writes too.
package struct SharedOutputs: Sendable {
  /// The `stdout` notifiers that would repeat what the `journald` notifiers write.
  let repeating: Set<String>

  /// The `journald` notifiers.
  let journald: Set<String>

  /// The notifiers that write to where the log goes.
  package let inLog: Set<String>

  /// No place that is shared.
  static let none = SharedOutputs(
    of: [], outputIsJournal: false, logIsJournal: false, outputIsLog: false)

  /// The outputs of notifiers of a process.
  init(of notifiers: [NotifierDefinition], environment: [String: String]) {
    let outputIsJournal = Journal.isConnected(STDOUT_FILENO, environment: environment)
    let logIsJournal = Journal.isConnected(environment: environment)
    self.init(
      of: notifiers.map { ($0.name, $0.kind) }, outputIsJournal: outputIsJournal,
      logIsJournal: logIsJournal,
      outputIsLog: outputIsJournal && logIsJournal || Self.isSameFile(STDOUT_FILENO, STDERR_FILENO))
  }

  /// The outputs of notifiers, each with its name and its kind.
  package init(
    of notifiers: [(name: String, kind: String)], outputIsJournal: Bool, logIsJournal: Bool,
    outputIsLog: Bool
  ) {
    func names(_ kind: String) -> Set<String> {
      Set(notifiers.filter { $0.kind == kind }.map(\.name))
    }
    journald = names("journald")
    repeating = outputIsJournal && !journald.isEmpty ? names("stdout") : []
    inLog = (logIsJournal ? journald : []).union(outputIsLog ? names("stdout") : [])
  }

  /// Returns the names of the notifiers that make one superfluous for the events that they receive.
  package func repeated(by notifier: String) -> Set<String> {
    repeating.contains(notifier) ? journald : []
  }

  /// True if two descriptors are the same terminal, pipe or file.
  private static func isSameFile(_ one: Int32, _ other: Int32) -> Bool {
    var (first, second) = (stat(), stat())
    guard fstat(one, &first) == 0, fstat(other, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }
}
