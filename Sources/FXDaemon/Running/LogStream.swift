import FXCore
import FXSystem
import Glibc
import Logging

/// The destination of the log.
///
/// Lines are written on a lane of their own: a reader that does not read delays nothing else.
enum LogStream: Sendable {
  /// Lines of text that begin with the time and the level.
  case text(LogQueue<[UInt8]>)
  /// Entries of the system's journal, with the metadata of a line as fields; the journal adds the time.
  case journal(LogQueue<[JournalField]>)

  /// The journal where standard error is the journal anyway, else standard error.
  static func standardError(environment: [String: String]) -> LogStream {
    // Only the log's own lane waits for the reader.
    let output = LineOutput(descriptor: STDERR_FILENO, timeout: .seconds(Int32.max))
    guard Journal.isConnected(environment: environment) else {
      return .text(
        LogQueue(
          label: "log",
          notice: { LogLines.text("\($0) \(Self.dropped("standard error"))", .warning) },
          // A log that cannot be written must not stop the daemon.
          write: { try? output.write($0) }))
    }
    return .journal(
      LogQueue(
        label: "log",
        notice: {
          LogLines.fields(of: "\($0) \(Self.dropped("the journal"))", at: .warning, carrying: [:])
        },
        write: { fields in
          do throws(SystemError) {
            try Journal.send(fields)
          } catch {
            // The other way into the same journal: a line with its priority (sd-daemon(3)).
            let values = Dictionary(fields.map { ($0.name, $0.value) }) { $1 }
            let line = "<\(values["PRIORITY"] ?? "6")>\(values["MESSAGE"] ?? "")\n"
            try? output.write(Array(line.utf8))
          }
        }))
  }

  /// The end of the line about dropped lines.
  private static func dropped(_ destination: String) -> String {
    "lines dropped because the reader of \(destination) did not keep up"
  }

  /// The time that the reader may take for the last lines.
  private static let patience: Duration = .seconds(1)

  /// Returns once everything logged so far is written, or a second later; the process may end then.
  func drain() async {
    switch self {
    case .text(let queue): await queue.drain(within: Self.patience)
    case .journal(let queue):
      await queue.drain(within: Self.patience)
      Journal.flush(within: Self.patience)
    }
  }
}
