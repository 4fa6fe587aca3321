/// A rule of the config, parsed and checked.
///
/// Its stored properties are the keys of the config.
package struct Rule: Hashable, Sendable {
  /// The name in the config.
  package var name: String

  /// The position of its condition in the config; nil for a rule that is not from a config.
  package var mark: SettingsMark?

  /// The pairs to which it applies; empty for all.
  package var pairs: [PairPattern] = []

  /// The sources to which it applies; nil for all.
  package var sources: Set<SourceName>?

  /// The sides of series to which it applies; nil for all.
  package var sides: Set<Side>?

  /// The number of pairs for which the condition must hold, where one alert is about all pairs of a source;
  /// nil where each pair has an alert of its own.
  package var group: GroupSize?

  /// The condition that fires an alert.
  package var condition: Condition

  /// The condition that resolves an alert; nil for "the condition is certainly false".
  package var release: Condition?

  /// The kind that the config demands; nil for that of the condition.
  package var forcedKind: Condition.Kind?

  /// Event or state.
  package var kind: Condition.Kind { forcedKind ?? condition.kind }

  /// The time for which the condition must hold.
  package var hold: Hold = .publications(0)

  /// The interval of reminders while an alert is firing; nil for none.
  package var remind: Duration?

  /// The most firings of each alert that are sent within a period; nil for all.
  package var limit: FiringLimit?

  /// Indicates whether it fires only once on each series.
  package var once = false

  /// The last day, in UTC, on which it is evaluated; nil if it does not expire.
  package var expires: CalendarDay?

  /// The age from which on rates of other sources are not read; nil for no limit.
  package var maxAge: Duration? { condition.scope.maxAge }

  /// The treatment of the ranges that rounding leaves open.
  package var certainty: Certainty = .certain

  /// The treatment of ranges by `release`, which never releases on what is undecided.
  package var releaseCertainty: Certainty { certainty == .possible ? .certain : certainty }

  package var severity: Severity = .warning

  /// The template of the alert's sentence; nil for the default sentence.
  package var summary: SummaryTemplate?

  /// The user's own labels, copied into each alert, in the order written.
  package var labels: [Label] = []

  /// The notifiers to which alerts are sent, by name; nil for all.
  package var notify: [String]?

  /// One label.
  package struct Label: Hashable, Sendable {
    package let name: String
    package let value: String

    /// Makes a label.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Makes a rule with the defaults.
  package init(name: String, condition: Condition) {
    self.name = name
    self.condition = condition
  }

  /// The part that decides how its alerts move.
  package var policy: AlertPolicy {
    var policy = AlertPolicy(
      kind: kind, hold: hold, hasRelease: release != nil,
      remind: remind, once: once, end: end, limit: limit)
    policy.isArmed = isArmed
    return policy
  }

  /// The instant from which it is no longer evaluated; nil if it does not expire.
  package var end: Timestamp? {
    expires.map { Timestamp(seconds: Int64($0.daysSinceEpoch + 1) * 86_400) }
  }

  /// The stretch of history that it reads.
  package var reach: Lookback {
    (summary?.values ?? []).reduce(condition.reach.joined(with: release?.reach ?? .none)) {
      $0.joined(with: $1.requirements.reach)
    }
  }

  /// Indicates whether it has a window that begins when its alert was armed or fired.
  package var isArmed: Bool {
    condition.isArmed || release?.isArmed == true
      || summary?.values.contains { $0.requirements.reach.isSinceArmed } == true
  }

  /// The indexes of the history that it reads.
  var keeping: SeriesHistory.HistoryIndexes {
    (summary?.values ?? []).reduce(condition.keeping.union(release?.keeping ?? [])) {
      $0.union($1.requirements.keeping)
    }
  }

  /// The definitions that its conditions use.
  package var definitions: [Definition] {
    condition.definitions + (release?.definitions ?? [])
      + (summary?.values.flatMap(\.definitions) ?? [])
  }

  /// The other sources that it reads; it is also evaluated when they publish.
  package var readSources: Set<SourceName> {
    condition.sources.union(release?.sources ?? [])
  }

  /// Indicates whether it reads other pairs of its series' source.
  var readsSiblings: Bool { condition.readsSiblings || release?.readsSiblings == true }

  /// Indicates whether its summary has rates of other pairs, which do not cause an evaluation.
  var printsSiblings: Bool { summary?.values.contains { $0.requirements.readsSiblings } ?? false }

  /// Indicates whether it is evaluated for suspect rates: events that use `suspect` are, states never.
  var isEvaluatedOnSuspects: Bool { condition.readsSuspects && kind == .event }

  /// Indicates whether its result can change while nothing is published.
  package var usesClock: Bool { condition.usesClock || release?.usesClock == true }

  /// Indicates whether it is evaluated for a repeated fixing, because its result also depends on other
  /// pairs of the publication or on the time of the publication.
  var isEvaluatedOnRepeatedFixings: Bool { readsSiblings || usesClock }

  /// Returns true if the rule applies to a series.
  package func watches(_ series: Series) -> Bool {
    (sources?.contains(series.source) ?? true) && watches(series.side)
      && (pairs.isEmpty || pairs.contains { $0.matches(series.pair) })
  }

  /// Returns true if the rule applies to a side: one that it names, else the one that its condition is
  /// evaluated on, else any.
  private func watches(_ side: Side) -> Bool {
    if let sides { return sides.contains(side) }
    return condition.side.map { $0 == side.ofOunce } ?? true
  }

  /// The settings that decide when it fires, as text.
  ///
  /// A rule keeps the state of its alerts over a reload if its fingerprint is unchanged; a new summary,
  /// severity, reminder or expiry does not reset them.
  package var fingerprint: String {
    let hold =
      switch hold {
      case .publications(let count): "\(count) publications"
      case .time(let duration): "\(duration.milliseconds) ms"
      }
    return
      ([condition.fullText, release?.fullText ?? "", hold, certainty.rawValue]
      + (once ? ["once"] : [])
      + (maxAge.map { ["max_age \($0.milliseconds) ms"] } ?? [])
      + (kind == condition.kind ? [] : [kind.rawValue]) + (group.map { [$0.description] } ?? []))
      .joined(separator: " | ")
  }
}
