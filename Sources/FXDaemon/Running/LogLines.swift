import FXCore
import FXSystem
import Glibc
import Logging

/// Where the log goes.
enum LogStream: Sendable {
  /// Lines of text that begin with the time and the level.
  case text(LineOutput)
  /// Entries of the system's journal, with a field for whatever a line carries; the journal has the
  /// time itself.
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

  /// How long journald may take to read the last words.
  private static let patience: Duration = .seconds(1)

  /// Comes back when everything logged so far is written; the process may end then.
  func drain() async {
    guard case .journal(let queue) = self else { return }
    await queue.drain()
    Journal.flush(within: Self.patience)
  }
}

/// Writes the log, a line an entry, to a stream.
///
/// Of what a line carries (swift-log's metadata), the journal gets what is named like a journal
/// field; a text has said it all.
struct LogLines: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  private let stream: LogStream
  private let clock = SystemClock()

  init(to stream: LogStream) { self.stream = stream }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let text = event.message.description
    // By bytes: where one character ends need not be known. Nearly always it is one line.
    guard text.utf8.contains(UInt8(ascii: "\n")) else { return write(text, of: event) }
    for part in text.utf8.split(separator: UInt8(ascii: "\n")) {
      write(String(Substring(part)), of: event)
    }
  }

  private func write(_ text: String, of event: LogEvent) {
    guard !text.isEmpty else { return }
    let line = SanitizedText.line(text)
    switch stream {
    case .text(let output):
      // A log that cannot be written must not stop the daemon.
      try? output.write(Array("\(clock.now()) \(event.level): \(line)\n".utf8))
    case .journal(let queue):
      let carried = metadata.merging(event.metadata ?? [:]) { $1 }
      let lost = queue.add(Self.fields(of: line, at: event.level, carrying: carried))
      guard lost > 0 else { return }
      queue.add(
        Self.fields(
          of: "\(lost) lines of the log were lost while the journal took none", at: .warning,
          carrying: [:]))
    }
  }

  /// The journal entry of a line.
  static func fields(
    of line: String, at level: Logger.Level, carrying metadata: Logger.Metadata
  ) -> [JournalField] {
    [
      JournalField("MESSAGE", line), JournalField("PRIORITY", "\(priority(of: level))"),
      JournalField("SYSLOG_IDENTIFIER", "fxwatch"),
    ]
      + metadata.filter { Journal.isValidName($0.key) }.sorted { $0.key < $1.key }.map {
        JournalField($0.key, $0.value.description)
      }
  }

  /// syslog's priorities.
  private static func priority(of level: Logger.Level) -> Int {
    switch level {
    case .trace, .debug: 7
    case .info: 6
    case .notice: 5
    case .warning: 4
    case .error: 3
    case .critical: 2
    }
  }
}
