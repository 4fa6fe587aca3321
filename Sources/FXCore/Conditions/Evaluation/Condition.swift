/// A rule's condition: an expression over one series, read, checked and ready to be asked.
///
/// Two conditions are equal when they are written the same.
package struct Condition: Sendable {
  /// Whether a rule tells of single publications or of a lasting state.
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Made only of what one publication does: told once for each on which it is true.
    case event
    /// True until it is false: told when it begins and when it ends.
    case state
  }

  /// The condition as the user wrote it.
  package var text: String { contents.text }

  /// Event or state.
  package var kind: Kind { contents.kind }

  /// The percent figures that `change` is compared with, as fractions without their sign, in the
  /// order written: `abs(change) > 1%` has 1/100.
  package var moveThresholds: [Fraction] { contents.moveThresholds }

  /// The rates that `delta` is compared with, likewise.
  package var deltaThresholds: [Fraction] { contents.deltaThresholds }

  /// The condition as a plain threshold on the rate, where it is no more than that.
  package var threshold: Threshold? { contents.threshold }

  /// Shared by all copies: a plan may have a million rules.
  private let contents: Contents

  private final class Contents: Sendable {
    let text: String
    let kind: Kind
    let moveThresholds: [Fraction]
    let deltaThresholds: [Fraction]
    let threshold: Threshold?
    let mentions: [(source: SourceName, range: Range<Int>)]
    let proposition: Predicate
    let needs: Requirements
    let clockEdges: ClockEdges
    let usesClock: Bool

    init(_ text: String) throws(ConditionProblem) {
      let syntax = try Parser.syntax(of: text)
      var checker = TypeChecker(text: text)
      (proposition, kind, needs) = try checker.condition(syntax)
      usesClock = needs.usesClock || needs.usesCalendar
      self.text = text
      moveThresholds = checker.moveThresholds
      deltaThresholds = checker.deltaThresholds
      threshold = Threshold(proposition)
      clockEdges = checker.clockEdges
      mentions = checker.mentions
    }
  }

  /// Reads and checks a condition of at most 4096 bytes; the problem says what is wrong and where.
  ///
  /// Cost: linear in the text, microseconds.
  package init(_ text: String) throws(ConditionProblem) { contents = try Contents(text) }

  private var proposition: Predicate { contents.proposition }
  private var needs: Requirements { contents.needs }

  /// The rates at which the answer can change, where nothing else can change it and it is asked of
  /// the current and the previous figure alone; nil for any other.
  ///
  /// Printed rates and figures are facts, so the answer is then never undecided.
  package var levels: [Fraction]? { proposition.levels }

  /// How far back the history must reach; `none` where the current and the previous figure do.
  package var reach: Lookback { needs.reach }

  /// What the history must keep beside its figures.
  package var keeping: SeriesHistory.HistoryIndexes { needs.keeping }

  /// The other sources it reads: it is asked when they publish, too.
  package var sources: Set<SourceName> { needs.sources }

  /// Whether it reads other pairs of its own source.
  package var readsSiblings: Bool { needs.readsSiblings }

  /// Whether it asks for revisions as such.
  package var asksOfRevisions: Bool { needs.asksOfRevisions }

  /// Whether it asks for figures that guards hold back from other conditions.
  package var asksOfSuspects: Bool { needs.asksOfSuspects }

  /// What is wrong with the sources it names, where one is not among the known ones.
  package func problem(ofSourcesAmong known: [String]) -> ConditionProblem? {
    guard let mention = contents.mentions.first(where: { !known.contains($0.source.text) }) else {
      return nil
    }
    let choices =
      known.isEmpty ? "there are none" : "expected one of \(known.joined(separator: ", "))"
    return ConditionProblem(
      text, mention.range,
      "there is no source '\(Lexer.quoted(mention.source.text))'; \(choices)"
        + NearestName.suggestion(for: mention.source.text, among: known))
  }

  /// Whether the answer can change while nothing is published: such a condition is also asked by
  /// the clock, at `nextClockChange`.
  package var usesClock: Bool { contents.usesClock }

  /// What the condition says of a series at a moment.
  ///
  /// Pure, and without allocation unless something is missing. Cost: well under a microsecond for
  /// `rate > x`, a few for a move.
  package func evaluate(
    on view: some SeriesView, at now: Timestamp, certainty: Certainty
  ) -> Verdict {
    let answer = answer(on: view, at: now, certainty: certainty)
    if case .missing(let absence) = answer { return .cannotTell(because: absence.reason) }
    return answer.verdict(certainty)
  }

  /// As `evaluate`, but undecided without a word why where something is missing: for those who act
  /// on certainty alone, and ask all the time.
  func evaluateBriefly(
    on view: some SeriesView, at now: Timestamp, certainty: Certainty
  ) -> Verdict {
    answer(on: view, at: now, certainty: certainty).verdict(certainty)
  }

  private func answer(
    on view: some SeriesView, at now: Timestamp, certainty: Certainty
  ) -> Answer {
    if let threshold = contents.threshold {
      return .known(Truth(threshold.isMet(by: view.current.rate)))
    }
    return contents.proposition.answer(on: view, at: Moment(now: now, certainty: certainty))
  }

  /// The next instant after `now` at which the answer can change although nothing is published; nil
  /// where none is ahead.
  ///
  /// Exact for `missed`, and for `age` compared with a constant; a minute later for any other use
  /// of the clock.
  package func nextClockChange(after now: Timestamp, on view: some SeriesView) -> Timestamp? {
    let edge = contents.clockEdges.next(after: now, lastPublished: view.lastPublished)
    guard needs.usesCalendar else { return edge }
    return [edge, view.nextMissedPublication(after: now)].compactMap(\.self).min()
  }

  /// The figure that the condition's first move is measured against.
  ///
  /// It is what a notification shows as previous; `at` counts as a move here. That of the publication
  /// before where the condition has no move; nil where the history has none.
  package func anchor(on view: some SeriesView, at now: Timestamp) -> SeriesPoint? {
    (needs.reference ?? .previous).point(on: view, at: now)
  }
}

extension Answer {
  /// What it says to those who read ranges so.
  fileprivate func verdict(_ certainty: Certainty) -> Verdict {
    switch self {
    case .known(.yes): .holds
    case .known(.no): .doesNotHold
    case .known(.undecided): certainty == .possible ? .holds : .undecided
    case .missing: .undecided
    }
  }
}

extension Condition: Hashable {
  package static func == (left: Condition, right: Condition) -> Bool { left.text == right.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Condition: CustomStringConvertible {
  package var description: String { text }
}
