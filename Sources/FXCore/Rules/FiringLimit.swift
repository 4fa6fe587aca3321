/// The most firings of one alert that are sent within a period: `1 per 1d`.
package struct FiringLimit: Hashable, Sendable {
  /// The largest number of firings, so that the state of an alert stays small.
  static let maximumCount = 100

  /// The shortest period, as evaluations by the clock depend on it.
  static let shortestPeriod = Duration.seconds(60)

  package let count: Int
  package let period: Duration

  /// A limit; the count is at least 1.
  package init(count: Int, period: Duration) {
    self.count = count
    self.period = period
  }

  /// Parses a number and a duration; nil for any other text, and beyond the bounds.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard words.count == 3, words[1] == "per", let count = Int(words[0]),
      let period = DurationText.parse(String(words[2])),
      (1...Self.maximumCount).contains(count), period >= Self.shortestPeriod
    else { return nil }
    self.init(count: count, period: period)
  }

  /// Returns the instant from which one more firing may be sent after those of these times, ascending;
  /// nil where it may be sent whenever it fires.
  package func nextAllowed(after sent: [Timestamp]) -> Timestamp? {
    sent.count < count ? nil : sent[sent.count - count] + period
  }
}

extension FiringLimit: CustomStringConvertible {
  /// The limit as it is written in a rule.
  package var description: String { "\(count) per \(DurationText.text(period))" }
}
