/// A checked part of a condition: what it computes, and what it needs to be computed.
struct Expression: Sendable {
  /// A figure of some type, or a truth.
  enum Meaning: Sendable {
    case quantity(NumericExpression, ValueType)
    case proposition(Predicate)
  }

  let meaning: Meaning
  let needs: Requirements

  /// A figure.
  init(_ quantity: NumericExpression, _ type: ValueType, _ needs: Requirements) {
    self.meaning = .quantity(quantity, type)
    self.needs = needs
  }

  /// A truth.
  init(_ proposition: Predicate, _ needs: Requirements) {
    self.meaning = .proposition(proposition)
    self.needs = needs
  }
}

/// What a condition, or a part of one, needs of a series and of time.
struct Requirements: Hashable, Sendable {
  /// Event or state; nil for constants, which ask nothing of the series.
  var kind: Condition.Kind?

  /// How far back its history reaches.
  var reach = Lookback.none

  /// What is kept beside the figures for it.
  var keeping: SeriesHistory.HistoryIndexes = []

  /// Whether its value changes as time passes without a publication.
  var usesClock = false

  /// Whether its value changes when the source's calendar says that a publication is missing.
  var usesCalendar = false

  /// What its first move is measured against.
  var reference: Reference?

  /// The other sources it reads.
  var sources: Set<SourceName> = []

  /// Whether it reads other pairs of its source.
  var readsSiblings = false

  /// Whether it asks for revisions as such.
  var asksOfRevisions = false

  /// Whether it asks for figures that guards hold back from other conditions.
  var asksOfSuspects = false

  /// A constant's needs.
  static let nothing = Requirements()

  /// The needs of two parts together, in the order they are written: events stay an event only
  /// among themselves.
  func joined(with other: Requirements) -> Requirements {
    let kinds = [kind, other.kind].compactMap(\.self)
    return Requirements(
      kind: kinds.contains(.state) ? .state : kinds.first,
      reach: reach.joined(with: other.reach),
      keeping: keeping.union(other.keeping),
      usesClock: usesClock || other.usesClock,
      usesCalendar: usesCalendar || other.usesCalendar,
      reference: reference ?? other.reference,
      sources: sources.union(other.sources),
      readsSiblings: readsSiblings || other.readsSiblings,
      asksOfRevisions: asksOfRevisions || other.asksOfRevisions,
      asksOfSuspects: asksOfSuspects || other.asksOfSuspects)
  }
}

/// The earlier figure a move is measured against.
enum Reference: Hashable, Sendable {
  /// That of the publication before.
  case previous
  /// That in force when a window began.
  case before(Window)

  /// The figure; nil where the history has none.
  func point(on view: some SeriesView, at now: Timestamp) -> SeriesPoint? {
    switch self {
    case .previous: view.previous
    case .before(let window): view.point(before: window, now: now)
    }
  }

  /// Why there is none.
  var absence: Absence {
    switch self {
    case .previous: .previous
    case .before(let window): .earlier(window)
    }
  }

  /// What a move against it needs: against the publication before it is an event, over a window a
  /// state.
  var needs: Requirements {
    switch self {
    case .previous: Requirements(kind: .event, reference: self)
    case .before(let window): Requirements(kind: .state, reach: window.reach, reference: self)
    }
  }
}
