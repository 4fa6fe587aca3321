import FXCore
import FXSystem
import Logging

/// Writes the log to standard error, a line an entry.
///
/// Where standard error is the journal, each line begins with its priority as `<4>` (sd-daemon(3))
/// and leaves the time to the journal; elsewhere with the time and the level.
struct LogLines: LogHandler {
  var metadata: Logger.Metadata = [:]
  var logLevel: Logger.Level = .info

  private let output: LineOutput
  private let isJournal: Bool
  private let clock = SystemClock()

  init(output: LineOutput, isJournal: Bool) {
    self.output = output
    self.isJournal = isJournal
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let text = event.message.description.split(separator: "\n").map { InertText.line($0) }
    for line in text {
      let start =
        isJournal ? "<\(Self.priority(of: event.level))>" : "\(clock.now()) \(event.level): "
      // A log that cannot be written must not stop the daemon.
      try? output.write(Array("\(start)\(line)\n".utf8))
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
