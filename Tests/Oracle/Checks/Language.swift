/// A window of the language that ends now.
enum Stretch: Hashable {
  case time(milliseconds: Int64, text: String)
  case publications(Int)
  case since(period: String)
  case sinceDay(start: Int64, text: String)
  /// Since the alert was `armed` or `fired`.
  case sinceAlert(String)

  var text: String {
    switch self {
    case .time(_, let text): text
    case .publications(let count): "\(count) publications"
    case .since(let period): "since \(period)"
    case .sinceDay(_, let text): "since \(text)"
    case .sinceAlert(let mark): "since \(mark)"
    }
  }

  /// The instant at which it begins; nil for a number of publications, and where the alert decides.
  func start(from now: Int64) -> Int64? {
    switch self {
    case .time(let length, _): now - length
    case .publications, .sinceAlert: nil
    case .since(let period): Calendar.start(of: period, at: now)
    case .sinceDay(let start, _): start
    }
  }
}

/// A value of the language.
indirect enum Term {
  case rate
  case number(Ratio, text: String)
  /// A duration, in milliseconds.
  case duration(Int64, text: String)
  case at(Stretch)
  case change(Stretch?)
  case delta(Stretch?)
  /// `min`, `max`, `avg`, `stddev` or `zscore`.
  case statistic(String, Stretch, isBefore: Bool)
  case other(String)
  case spread(String)
  case cross(String)
  case age
  case weekday
  case hour
  case sum(Term, Term)
  case difference(Term, Term)
  case product(Term, Term)
  case quotient(Term, Term)
  case negative(Term)
  case magnitude(Term)

  var text: String {
    switch self {
    case .rate: "rate"
    case .number(_, let text), .duration(_, let text): text
    case .at(let window): "at(\(window.text))"
    case .change(let window): window.map { "change(\($0.text))" } ?? "change"
    case .delta(let window): window.map { "delta(\($0.text))" } ?? "delta"
    case .statistic(let name, let window, let isBefore):
      "\(name)(\(window.text)\(isBefore ? " before" : ""))"
    case .other(let source): "rate(\(source))"
    case .spread(let source): "spread(\(source))"
    case .cross(let pair): "cross(\(pair))"
    case .age: "age"
    case .weekday: "weekday"
    case .hour: "hour"
    case .sum(let left, let right): "(\(left.text) + \(right.text))"
    case .difference(let left, let right): "(\(left.text) - \(right.text))"
    case .product(let left, let right): "(\(left.text) * \(right.text))"
    case .quotient(let left, let right): "(\(left.text) / \(right.text))"
    case .negative(let term): "(-\(term.text))"
    case .magnitude(let term): "abs(\(term.text))"
    }
  }

  var parts: [Term] {
    switch self {
    case .sum(let left, let right), .difference(let left, let right),
      .product(let left, let right), .quotient(let left, let right):
      [left, right]
    case .negative(let term), .magnitude(let term): [term]
    default: []
    }
  }

  /// Itself and all its parts, in the order written.
  var all: [Term] { [self] + parts.flatMap(\.all) }
}

/// A statement of the language.
indirect enum Claim {
  case compare(Term, String, Term)
  /// `crosses`, `crosses_above` or `crosses_below` of the rate and a level.
  case crosses(String, Term)
  /// Likewise, of two values.
  case crossesEachOther(String, Term, Term)
  /// `enters` or `leaves`.
  case passes(String, Term, Term)
  /// `new_high` or `new_low`.
  case extreme(String, Stretch)
  case first(String)
  case revised
  case both(Claim, Claim)
  case either(Claim, Claim)
  case not(Claim)

  var text: String {
    switch self {
    case .compare(let left, let sign, let right): "\(left.text) \(sign) \(right.text)"
    case .crosses(let name, let level): "\(name)(\(level.text))"
    case .crossesEachOther(let name, let left, let right), .passes(let name, let left, let right):
      "\(name)(\(left.text), \(right.text))"
    case .extreme(let name, let window): "\(name)(\(window.text))"
    case .first(let period): "first(\(period))"
    case .revised: "revised"
    case .both(let left, let right): "(\(left.text) and \(right.text))"
    case .either(let left, let right): "(\(left.text) or \(right.text))"
    case .not(let claim): "not (\(claim.text))"
    }
  }

  var parts: [Claim] {
    switch self {
    case .both(let left, let right), .either(let left, let right): [left, right]
    case .not(let claim): [claim]
    default: []
    }
  }

  /// All values in it, in the order written.
  var terms: [Term] {
    switch self {
    case .compare(let left, _, let right), .crossesEachOther(_, let left, let right),
      .passes(_, let left, let right):
      left.all + right.all
    case .crosses(_, let level): level.all
    default: parts.flatMap(\.terms)
    }
  }

  /// All statements in it that are not made of statements.
  var leaves: [Claim] { parts.isEmpty ? [self] : parts.flatMap(\.leaves) }

  /// True if it is made only of events.
  var isEvent: Bool {
    let kinds = leaves.flatMap { leaf -> [Bool] in
      guard case .compare(let left, _, let right) = leaf else { return [true] }
      return (left.all + right.all).compactMap(\.isEvent)
    }
    return kinds.contains(true) && !kinds.contains(false)
  }

  var usesAge: Bool { terms.contains { if case .age = $0 { true } else { false } } }

  /// The other source that it reads.
  var readSource: String? {
    for case .other(let source) in terms { return source }
    for case .spread(let source) in terms { return source }
    return nil
  }

  var readsOtherPairs: Bool { terms.contains { if case .cross = $0 { true } else { false } } }
}

extension Term {
  /// True for an event, false for a state, nil for neither.
  fileprivate var isEvent: Bool? {
    switch self {
    case .change(let window), .delta(let window): window == nil
    case .rate, .at, .statistic, .other, .spread, .cross, .age: false
    default: nil
    }
  }
}
