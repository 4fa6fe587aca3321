import FXCore
import FXSystem
import Logging

/// Writes log lines to a stream, one line per entry.
///
/// Of a line's metadata, the journal gets the values that are named like journal fields; in text they
/// would repeat the message.
struct LogLines: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  private let stream: LogStream

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
    case .text(let queue):
      let bytes = Self.text(line, event.level)
      queue.add(bytes, bytes: bytes.count + Self.overhead)
    case .journal(let queue):
      let carried = metadata.merging(event.metadata ?? [:]) { $1 }
      let fields = Self.fields(of: line, at: event.level, carrying: carried)
      queue.add(
        fields,
        bytes: fields.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + Self.overhead })
    }
  }

  /// The bytes that a waiting line, or a field of it, takes beside its text.
  private static let overhead = 64

  /// The line of text with the current time.
  static func text(_ line: String, _ level: Logger.Level) -> [UInt8] {
    Array("\(SystemClock().now()) \(level): \(line)\n".utf8)
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
