/// The inputs that a condition, or a part of one, needs of a series and of the clock.
///
/// It has twelve properties, one for each kind of input.
struct Requirements: Hashable, Sendable {
  /// Event or state; nil for constants.
  var kind: Condition.Kind?

  /// The stretch of history that is read.
  var reach = Lookback.none

  /// The indexes of the history that are read.
  var keeping: SeriesHistory.HistoryIndexes = []

  /// Indicates whether the value changes as time passes without a publication.
  var usesClock = false

  /// Indicates whether the value changes when the source's calendar expects a publication.
  var usesCalendar = false

  /// Indicates whether the weekday or the hour is read, which alone cause no evaluation.
  var readsTimeOfDay = false

  /// The rate against which the first move is measured.
  var reference: Reference?

  /// The other sources that are read.
  var sources: Set<SourceName> = []

  /// Indicates whether other pairs of the same source are read.
  var readsSiblings = false

  /// Indicates whether revisions of known value dates are read.
  var readsRevisions = false

  /// Indicates whether rates are read that a guard holds back from other conditions.
  var readsSuspects = false

  /// The side on whose series a condition on sides is evaluated, if the rule names none.
  var side: Side?

  /// The requirements of a constant.
  static let nothing = Requirements()

  /// Returns the requirements of two parts, in the order written; the result is an event only if both
  /// are.
  func joined(with other: Requirements) -> Requirements {
    let kinds = [kind, other.kind].compactMap(\.self)
    return Requirements(
      kind: kinds.contains(.state) ? .state : kinds.first,
      reach: reach.joined(with: other.reach),
      keeping: keeping.union(other.keeping),
      usesClock: usesClock || other.usesClock,
      usesCalendar: usesCalendar || other.usesCalendar,
      readsTimeOfDay: readsTimeOfDay || other.readsTimeOfDay,
      reference: reference ?? other.reference,
      sources: sources.union(other.sources),
      readsSiblings: readsSiblings || other.readsSiblings,
      readsRevisions: readsRevisions || other.readsRevisions,
      readsSuspects: readsSuspects || other.readsSuspects,
      side: [side, other.side].compactMap(\.self).min { $0.number < $1.number })
  }

  /// Returns the requirements of an event whose arguments have these.
  func ofEvent(in checker: inout TypeChecker) -> Requirements {
    if usesClock { checker.recordUntimedClockUse() }
    var requirements = self
    requirements.kind = .event
    return requirements
  }
}
