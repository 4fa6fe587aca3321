import FXCommands
import FXCore
import Foundation
import Synchronization

/// A progress line on a terminal; nothing where standard error is not a terminal.
final class ProgressLine: Sendable {
  /// The shortest time between two lines.
  private static let interval: Duration = .milliseconds(100)

  /// The step that is shown, its beginning, and the time of the last line.
  private struct Step {
    let name: Substring
    let start: ContinuousClock.Instant
    var shown: ContinuousClock.Instant?
  }

  private let step = Mutex<Step?>(nil)
  private let isShown = isatty(STDERR_FILENO) == 1

  /// Draws the line, unless the last one is too recent.
  func show(_ text: ProgressText) {
    guard isShown else { return }
    let now = ContinuousClock.now
    let elapsed: Duration? = step.withLock { step in
      if step?.name != text.step { step = Step(name: text.step, start: now) }
      if let shown = step?.shown, now - shown < Self.interval, !text.isComplete { return nil }
      step?.shown = now
      return step.map { now - $0.start }
    }
    if let elapsed { write("\r\u{1B}[K" + text.line(after: elapsed)) }
  }

  /// Removes the line.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
