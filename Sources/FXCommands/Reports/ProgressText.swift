import FXCore

/// The line about work that is under way: a bar, what is done, the rate and the remaining time.
package struct ProgressText: Sendable {
  /// The width of a full bar, in characters.
  private static let width = 30

  /// The time after which the rate and the remaining time can be estimated.
  private static let shortest: Duration = .seconds(1)

  private let text: String
  private let done: Int
  private let total: Int?

  /// The plural of what is counted; nil for a percentage.
  private let unit: String?

  /// `done` of `total` units, or an unknown number of them for nil.
  package init(_ text: String, done: Int, of total: Int?, unit: String) {
    self.text = text
    self.done = done
    self.total = total
    self.unit = unit
  }

  /// A share of the work.
  package init(_ text: String, percent: Int) {
    self.text = text
    done = percent
    total = 100
    unit = nil
  }

  /// Identifies the step, which each have a beginning of their own, by the first word of the text.
  package var step: Substring { text.prefix { $0 != " " && $0 != ":" } }

  /// True if the step is complete.
  package var isComplete: Bool { total.map { done >= $0 } ?? false }

  /// Returns the line some time after the beginning of the step.
  package func line(after elapsed: Duration) -> String {
    let parts = [text, rate(elapsed), remaining(elapsed)].compactMap(\.self)
    return bar + parts.joined(separator: ", ")
  }

  private var bar: String {
    guard let total else { return "" }
    let percent = total == 0 ? 100 : min(100, max(0, done * 100 / total))
    let full = percent * Self.width / 100
    return "[" + String(repeating: "#", count: full)
      + String(repeating: " ", count: Self.width - full) + "] \(percent) % "
  }

  private func rate(_ elapsed: Duration) -> String? {
    guard elapsed >= Self.shortest, done > 0 else { return nil }
    let tenths = done * 10_000 / Int(max(1, elapsed.milliseconds))
    let whole = tenths >= 100 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
    return "\(whole) \(unit ?? "%")/s"
  }

  private func remaining(_ elapsed: Duration) -> String? {
    guard let total, done > 0, done < total, elapsed >= Self.shortest else { return nil }
    let left = elapsed / done * (total - done)
    return "\(DurationText.text(.seconds(left.components.seconds + 1))) left"
  }
}
