import FXCore
import FXSystem
import Glibc

/// The destination of the log.
enum LogStream: Sendable {
  /// Lines of text that begin with the time and the level.
  case text(LineOutput)
  /// Entries of the system's journal, with the metadata of a line as fields; the journal adds the time.
  case journal(JournalQueue)

  /// The journal where standard error is the journal anyway, else standard error.
  static func standardError(environment: [String: String]) -> LogStream {
    let output = LineOutput(descriptor: STDERR_FILENO)
    guard Journal.isStandardErrorConnected(environment: environment) else { return .text(output) }
    return .journal(
      JournalQueue { fields in
        do throws(SystemError) {
          try Journal.send(fields)
        } catch {
          // The other way into the same journal: a line with its priority (sd-daemon(3)).
          let values = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
          let line = "<\(values["PRIORITY"] ?? "6")>\(values["MESSAGE"] ?? "")\n"
          try? output.write(Array(line.utf8))
        }
      })
  }

  var isJournal: Bool {
    if case .journal = self { true } else { false }
  }

  /// The time journald may take to read the last entries.
  private static let patience: Duration = .seconds(1)

  /// Returns once everything logged so far is written; the process may end then.
  func drain() async {
    guard case .journal(let queue) = self else { return }
    await queue.drain()
    Journal.flush(within: Self.patience)
  }
}
