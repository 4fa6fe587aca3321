/// The condition of a rule: an expression over one series, parsed and checked.
///
/// Two conditions are equal if their texts and scopes are.
package struct Condition: Sendable {
  /// Event or state: whether a rule is about single publications or about a lasting state.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Depends only on what one publication does: fires once for each one for which it is true.
    case event
    /// True over a period of time: fires when it begins and is resolved when it ends.
    case state
  }

  /// The condition as the user wrote it.
  package var text: String { contents.text }

  /// The definitions that it uses, sorted by name.
  package var definitions: [Definition] { contents.definitions }

  /// The condition with the definitions that it uses, which identifies it: `margin > 1% where margin =
  /// spread(ecb)`.
  package var fullText: String {
    definitions.isEmpty
      ? text : text + " where " + definitions.map(\.description).joined(separator: ", ")
  }

  /// Event or state.
  package var kind: Kind { contents.kind }

  /// The percentages with which `change` is compared, as absolute fractions in the order written:
  /// `abs(change) > 1%` has 1/100.
  package var moveThresholds: [Fraction] { contents.moveThresholds }

  /// The rates with which `delta` is compared, as absolute values in the order written.
  package var deltaThresholds: [Fraction] { contents.deltaThresholds }

  /// The threshold on the rate that the whole condition consists of; nil for any other condition.
  package var threshold: Threshold? { contents.threshold }

  /// Shared by all copies, because a plan may have a million rules.
  private let contents: Contents

  /// The settings of its rule that are part of its meaning.
  package var scope: ConditionScope { contents.scope }

  /// The parsed condition; it has more than ten properties because each is asked for by another part.
  private final class Contents: Sendable {
    let text: String
    let scope: ConditionScope
    let kind: Kind
    let moveThresholds: [Fraction]
    let deltaThresholds: [Fraction]
    let threshold: Threshold?
    let mentions: [SourceMention]
    let definitions: [Definition]
    let predicate: Predicate
    let requirements: Requirements
    let clockEdges: ClockEdges
    let usesClock: Bool

    init(_ text: String, in scope: ConditionScope) throws(ConditionProblem) {
      let syntax = try Parser.syntax(of: text)
      var checker = TypeChecker(text: text, scope: scope)
      (predicate, kind, requirements) = try checker.condition(syntax)
      usesClock = requirements.usesClock || requirements.usesCalendar
      self.text = text
      self.scope = scope
      moveThresholds = checker.moveThresholds
      deltaThresholds = checker.deltaThresholds
      threshold = Threshold(predicate)
      clockEdges = checker.clockEdges
      mentions = checker.mentions
      definitions = checker.definitions.values.sorted { $0.name < $1.name }
    }
  }

  /// Parses and checks a condition of at most 4096 bytes.
  ///
  /// Cost: linear in the text, microseconds.
  package init(
    _ text: String, in scope: ConditionScope = ConditionScope()
  ) throws(ConditionProblem) {
    contents = try Contents(text, in: scope)
  }

  var predicate: Predicate { contents.predicate }
  private var requirements: Requirements { contents.requirements }

  /// The stretch of history that it reads; `none` if the current and the previous rate suffice.
  package var reach: Lookback { requirements.reach }

  /// Indicates whether it has a window that begins when its alert was armed or fired.
  package var isArmed: Bool { requirements.reach.isSinceArmed }

  /// The indexes of the history that it reads.
  package var keeping: SeriesHistory.HistoryIndexes { requirements.keeping }

  /// The other sources that it reads; it is also evaluated when they publish.
  package var sources: Set<SourceName> { requirements.sources }

  /// Indicates whether it reads other pairs of the same source.
  package var readsSiblings: Bool { requirements.readsSiblings }

  /// The side on which it is evaluated if its rule names none; nil for all.
  ///
  /// A condition on several sides is about the pair: one alert, not one for each side.
  package var side: Side? { requirements.side }

  /// Indicates whether it uses `missed`, which requires a calendar of the source.
  package var readsCalendar: Bool { requirements.usesCalendar }

  /// Indicates whether it uses `revised`.
  package var readsRevisions: Bool { requirements.readsRevisions }

  /// Indicates whether it uses `suspect`, and so reads rates that guards hold back from others.
  package var readsSuspects: Bool { requirements.readsSuspects }

  /// Returns the problem of the first source that it names and that is not among the known ones.
  package func problem(ofSourcesAmong known: DefinedNames) -> ConditionProblem? {
    contents.mentions.lazy.compactMap { $0.problem(among: known) }.first
  }

  /// Indicates whether the result can change while nothing is published: such a condition is also
  /// evaluated at `nextClockChange`.
  package var usesClock: Bool { contents.usesClock }

  /// Returns the result for a series at a moment: the definition.
  ///
  /// Pure; allocates only if a value is missing. The engine calls `evaluateBriefly`, which gives the
  /// same result faster.
  package func evaluate(
    on view: some SeriesView, at now: Timestamp, certainty: Certainty
  ) -> Verdict {
    let result = predicate.truth(on: view, at: Moment(now: now, certainty: certainty))
    if case .missing(let absence) = result { return .unknown(because: absence.reason) }
    return result.briefVerdict(certainty)
  }

  /// Returns the next instant after `now` at which the result can change although nothing is published;
  /// nil if there is none.
  ///
  /// Exact for `missed`, and for `age` compared with a constant; a minute later for any other use of the
  /// clock. The hour and the weekday change at a quarter of an hour, whatever the zone.
  package func nextClockChange(after now: Timestamp, on view: some SeriesView) -> Timestamp? {
    let edge = contents.clockEdges.next(after: now, lastPublished: view.lastPublished)
    guard requirements.usesCalendar || requirements.readsTimeOfDay else { return edge }
    let missed = requirements.usesCalendar ? view.nextMissedPublication(after: now) : nil
    let quarter = usesClock && requirements.readsTimeOfDay ? now.nextQuarterOfHour : nil
    return [edge, missed, quarter].compactMap(\.self).min()
  }

  /// Returns the point against which the condition's first move is measured, which notifications print
  /// as the previous rate.
  ///
  /// Here `at` counts as a move. The previous publication if the condition has no move; nil if the
  /// history contains no such point.
  package func anchor(on view: some SeriesView, at now: Timestamp) -> SeriesPoint? {
    (requirements.reference ?? .previous).point(on: view, at: now)
  }
}

extension Condition: Hashable {
  package static func == (left: Condition, right: Condition) -> Bool {
    left.text == right.text && left.scope == right.scope
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Condition: CustomStringConvertible {
  package var description: String { text }
}
