/// A source as the engine uses it: when it is polled, and how its dates are read.
package struct PlannedSource: Hashable, Sendable {
  /// The meaning of the date that a source prints.
  package enum Dating: Hashable, Sendable {
    /// The day the rates are for: another rate for it is a revision of that fixing.
    case fixing
    /// The day of the page only: rates move within it.
    case pageDay
  }

  package let name: SourceName
  package let schedule: SourceSchedule
  package let dating: Dating

  /// The host it is fetched from.
  package let host: String

  /// The server, which is a host and a port; the number of concurrent transfers is limited per server.
  package let server: String

  /// The scale the publisher is known to print, 0 to 18; nil where only its rates show it.
  package let declaredScale: Int?

  /// The pairs that it prints with another scale.
  package let scales: [CurrencyPair: Int]

  /// The decimals of the rates that it computes its printed changes from; nil for the printed ones.
  package let changeScale: Int?

  /// The series of a source whose config sets no number: three times the pairs of a large page, in
  /// 10 MB.
  package static let usualSeries = 10_000

  /// The most series that it may have; further pairs that it prints are ignored.
  package let maximumSeries: Int

  /// A source to poll.
  package init(
    name: SourceName, schedule: SourceSchedule, dating: Dating, host: String,
    server: String? = nil, declaredScale: Int? = nil, scales: [CurrencyPair: Int] = [:],
    changeScale: Int? = nil, maximumSeries: Int = Self.usualSeries
  ) {
    self.name = name
    self.schedule = schedule
    self.dating = dating
    self.host = host
    self.server = server ?? host
    self.declaredScale = declaredScale
    self.scales = scales
    self.changeScale = changeScale
    self.maximumSeries = maximumSeries
  }

  /// Returns the scale a pair is known to be printed with; 0 where only its rates show it.
  func scale(of pair: CurrencyPair) -> Int { scales[pair] ?? declaredScale ?? 0 }
}
