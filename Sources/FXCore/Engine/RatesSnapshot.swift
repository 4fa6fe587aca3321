/// A picture of all current rates, and of what each rule reports, at one instant.
///
/// Built only for those who show it, beside `EngineSnapshot`: its cost is linear in the series.
package struct RatesSnapshot: Hashable, Sendable {
  /// The instant at which it was taken.
  package var at: Timestamp

  /// The current rates of all series, sorted by series.
  package var rates: [CurrentRate] = []

  /// The rules whose alerts fire until they are resolved, in the order of the config.
  package var rules: [FiringRule] = []

  /// A snapshot without series.
  package init(at: Timestamp) { self.at = at }

  /// The current rate of one series.
  ///
  /// It has more than ten properties, because each is shown.
  package struct CurrentRate: Hashable, Sendable {
    package let series: Series

    /// The rate of one unit as decimal text.
    package let rate: String

    /// The number as printed, for `nominal` units.
    package let printed: String
    package let nominal: Int64

    /// The smallest step of the rate of one unit.
    package var tick: String

    /// The change against the publication before.
    package var change: Change?

    package var valueDate: CalendarDay?

    /// The instant at which the rate was first seen.
    package let firstSeen: Timestamp

    /// False if the latest publication of its source lacks the series.
    package var isListed = true

    /// The latest time at which its source could be read.
    package var lastSuccess: Timestamp?

    /// The time after `lastSuccess` from which on the rate may be outdated.
    package var lifetime: Duration = .seconds(86_400)

    /// A rate of one unit that is printed for one.
    package init(series: Series, rate: String, tick: String, firstSeen: Timestamp) {
      self.init(
        series: series, rate: rate, printed: rate, nominal: 1, tick: tick, firstSeen: firstSeen)
    }

    /// A rate that was first seen at an instant.
    package init(
      series: Series, rate: String, printed: String, nominal: Int64, tick: String,
      firstSeen: Timestamp
    ) {
      self.series = series
      self.rate = rate
      self.printed = printed
      self.nominal = nominal
      self.tick = tick
      self.firstSeen = firstSeen
    }
  }

  /// A change in percent, with the range that rounding leaves open.
  package struct Change: Hashable, Sendable {
    package let percent: String
    package let low: String
    package let high: String
    package let absolute: String

    /// The rate before.
    package let previous: String

    /// A change from a rate.
    package init(percent: String, low: String, high: String, absolute: String, previous: String) {
      self.percent = percent
      self.low = low
      self.high = high
      self.absolute = absolute
      self.previous = previous
    }
  }

  /// One rule, with the alerts that fire.
  package struct FiringRule: Hashable, Sendable {
    /// The most series that are listed of a rule; others are only counted.
    package static let maximumSeries = 100

    package let name: String
    package let severity: Severity
    package var firingCount = 0

    /// The first series, sorted.
    package var firing: [Series] = []

    /// A rule of which nothing fires.
    package init(name: String, severity: Severity) {
      self.name = name
      self.severity = severity
    }
  }
}

extension Engine {
  /// The time without an answer after which the rates of a source with a calendar may be outdated: it is
  /// polled at least once a day.
  private static let lifetimeOfFixings: Duration = .seconds(2 * 86_400)

  /// Returns a picture of the current rates.
  ///
  /// Cost: linear in the series and the alerts.
  package func rates(at now: Timestamp) -> RatesSnapshot {
    var snapshot = RatesSnapshot(at: now)
    for planned in plan.sources {
      let state = sources.byName[planned.name]?.state
      for memory in tables.bySource[planned.name]?.table.all ?? [] {
        var rate = Self.current(memory)
        rate.lastSuccess = state?.lastSuccess
        rate.lifetime = Self.lifetime(of: planned)
        snapshot.rates.append(rate)
      }
    }
    snapshot.rates.sort { $0.series < $1.series }
    let firing = Dictionary(grouping: tables.firing, by: \.rule)
    snapshot.rules = plan.rules.enumerated().filter { $0.element.kind == .state }.map { rule in
      var shown = RatesSnapshot.FiringRule(name: rule.element.name, severity: rule.element.severity)
      let series = (firing[rule.offset] ?? []).map(\.series).sorted()
      shown.firingCount = series.count
      shown.firing = Array(series.prefix(RatesSnapshot.FiringRule.maximumSeries))
      return shown
    }
    return snapshot
  }

  private static func lifetime(of source: PlannedSource) -> Duration {
    switch source.schedule {
    case .interval(let every):
      max(every * SourceLimits.intervalsUntilLate, SourceLimits.shortestAbsence)
    case .calendar: lifetimeOfFixings
    }
  }

  private static func current(_ memory: SeriesMemory) -> RatesSnapshot.CurrentRate {
    let point = memory.latest
    let tick = point.rate.tick(scale: memory.scale)
    var rate = RatesSnapshot.CurrentRate(
      series: memory.series, rate: point.rate.perUnitText,
      printed: point.rate.printed.description, nominal: point.rate.nominal, tick: tick.plainText,
      firstSeen: point.firstSeen)
    rate.valueDate = point.valueDate
    rate.isListed = memory.isListed
    if let previous = memory.points.dropLast().last,
      let move = AlertMove(
        to: memory.placedLatest, memory.scale, from: previous,
        memory.scale(of: previous.rate.nominal), tick: tick)
    {
      rate.change = .init(
        percent: move.percent, low: move.low, high: move.high, absolute: move.absolute,
        previous: move.fromText)
    }
    return rate
  }
}
