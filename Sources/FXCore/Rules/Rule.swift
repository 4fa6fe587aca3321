/// A rule of the config, read and checked: when to tell whom about what.
package struct Rule: Hashable, Sendable {
  /// Its name in the config.
  package var name: String

  /// Where its condition stands in the config; nil for a rule that comes from none.
  package var mark: SettingsMark?

  /// Which pairs; empty means all.
  package var pairs: [PairPattern] = []

  /// Which sources; nil means all.
  package var sources: Set<SourceName>?

  /// What must hold.
  package var condition: Condition

  /// What ends it; nil for "no longer holds".
  package var release: Condition?

  /// For how long it must hold.
  package var hold: Hold = .publications(0)

  /// How long after the last word a firing alert is told again; nil for never.
  package var remind: Duration?

  /// Whether it fires once on each series and never again.
  package var once = false

  /// The last day, in UTC, on which it does anything; nil where it has none.
  package var expires: CalendarDay?

  /// How ranges are read.
  package var certainty: Certainty = .certain

  package var severity: Severity = .warning

  /// The sentence people read; nil for fxwatch's own.
  package var summary: SummaryTemplate?

  /// Words of the administrator's own, passed on with every alert, in the order written.
  package var labels: [Label] = []

  /// The notifiers to tell, by name; nil means all.
  package var notify: [String]?

  /// One label.
  package struct Label: Hashable, Sendable {
    package let name: String
    package let value: String

    /// One label.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A rule with the defaults.
  package init(name: String, condition: Condition) {
    self.name = name
    self.condition = condition
  }

  /// What moves its alerts.
  package var policy: AlertPolicy {
    AlertPolicy(
      kind: condition.kind == .event ? .event : .state, hold: hold, hasRelease: release != nil,
      remind: remind, once: once, end: end)
  }

  /// From when on it does nothing; nil where it does not expire.
  package var end: Timestamp? {
    expires.map { Timestamp(seconds: Int64($0.daysSinceEpoch + 1) * 86_400) }
  }

  /// How much history it looks back on.
  package var reach: Lookback {
    condition.reach.joined(with: release?.reach ?? .none)
  }

  /// What the history must keep beside its figures.
  var keeping: SeriesHistory.HistoryIndexes { condition.keeping.union(release?.keeping ?? []) }

  /// The other sources it reads: it is asked when they publish, too.
  package var readSources: Set<SourceName> {
    condition.sources.union(release?.sources ?? [])
  }

  /// Whether it reads other pairs of its series' source.
  var readsSiblings: Bool { condition.readsSiblings || release?.readsSiblings == true }

  /// Whether it is asked about suspect figures: it names them, and tells of moments.
  ///
  /// A state is never changed by one.
  var tellsOfSuspects: Bool { condition.asksOfSuspects && condition.kind == .event }

  /// Whether the clock alone can change what it says.
  package var usesClock: Bool { condition.usesClock || release?.usesClock == true }

  /// Whether it is asked about a figure that only stands there still: what else was printed with it,
  /// or that anything was, can change what it says.
  var isAskedOfStanding: Bool { readsSiblings || usesClock }

  /// Whether it watches a series.
  package func watches(_ series: Series) -> Bool {
    (sources?.contains(series.source) ?? true)
      && (pairs.isEmpty || pairs.contains { $0.matches(series.pair) })
  }

  /// What decides when it fires, as text: a rule whose fingerprint is unchanged keeps the state of
  /// its alerts over a reload; a new summary, severity, reminder or
  /// expiry does not re-arm it.
  package var fingerprint: String {
    let hold =
      switch hold {
      case .publications(let count): "\(count) publications"
      case .time(let duration): "\(duration.milliseconds) ms"
      }
    return
      ([condition.text, release?.text ?? "", hold, certainty.rawValue] + (once ? ["once"] : []))
      .joined(separator: " | ")
  }
}
