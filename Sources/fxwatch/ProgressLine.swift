import FXCore
import Foundation
import Synchronization

/// A progress line on a terminal, with the remaining time; nothing where standard error is not a terminal.
final class ProgressLine: Sendable {
  /// The width of a full bar, in characters.
  private static let width = 30

  /// The time after which the remaining time can be estimated.
  private static let shortest: Duration = .seconds(1)

  /// A step, recognized by the first word of its text, and its beginning.
  private struct Step {
    let name: Substring
    let start: ContinuousClock.Instant
  }

  private let step = Mutex<Step?>(nil)
  private let isShown = isatty(STDERR_FILENO) == 1

  /// Draws the line; `share` is in percent.
  func show(_ text: String, share: Int?) {
    guard isShown else { return }
    let bar = share.map { share -> String in
      let full = min(Self.width, max(0, share * Self.width / 100))
      return "[" + String(repeating: "#", count: full)
        + String(repeating: " ", count: Self.width - full) + "] \(share) % "
    }
    let elapsed = elapsed(since: text)
    var remaining = ""
    if let share, (1..<100).contains(share), elapsed >= Self.shortest {
      let left = elapsed / share * (100 - share)
      remaining = ", \(DurationText.text(.seconds(left.components.seconds + 1))) left"
    }
    write("\r\u{1B}[K" + (bar ?? "") + text + remaining)
  }

  /// Removes the line.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  /// Returns the time since the step of a text has begun.
  private func elapsed(since text: String) -> Duration {
    let name = text.prefix { $0 != " " && $0 != ":" }
    return step.withLock { step in
      let now = ContinuousClock.now
      if step?.name != name { step = Step(name: name, start: now) }
      return step.map { now - $0.start } ?? .zero
    }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
