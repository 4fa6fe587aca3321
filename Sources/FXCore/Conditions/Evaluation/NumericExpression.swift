/// What a condition asks of a series, beyond its rate, that comes to a figure: the leaf a condition
/// function adds to the language.
protocol SeriesQuantity: Sendable {
  /// The figure at a moment. Called for every evaluation: allocates nothing.
  func value(on view: some SeriesView, at moment: Moment) -> Figure

  /// What certainly lies around the figure's range, found with little work; nil where only `value` can
  /// tell, as wherever that is missing.
  func roughly(on view: some SeriesView, at moment: Moment) -> Bounds?
}

extension SeriesQuantity {
  func roughly(on view: some SeriesView, at moment: Moment) -> Bounds? { nil }
}

/// A quantity that is a printed figure, where it is there: it compares as a fact.
protocol PrintedQuantity: SeriesQuantity {
  /// What is printed; nil where nothing can be told.
  func rate(on view: some SeriesView, at moment: Moment) -> Rate?
}

/// When a condition is asked, and how it reads ranges.
struct Moment: Sendable {
  let now: Timestamp
  let certainty: Certainty
}

/// What a quantity comes to.
enum Figure: Sendable {
  case known(RateRange)
  case missing(Absence)
}

/// A checked expression that comes to a figure.
indirect enum NumericExpression: Sendable {
  /// A rate, a number, a percent as a fraction, or a duration in milliseconds.
  case constant(RateRange)
  /// The current rate of one unit.
  case rate
  /// The time since the source last printed something new.
  case age
  case leaf(any SeriesQuantity)
  case printed(any PrintedQuantity)
  case magnitude(NumericExpression)
  case negated(NumericExpression)
  case arithmetic(Arithmetic, NumericExpression, NumericExpression)

  /// The figure at a moment; under `certainty: printed` every range is reduced to what is printed.
  func value(on view: some SeriesView, at moment: Moment) -> Figure {
    switch self {
    case .constant(let range): .known(range)
    case .rate: .known(view.range(of: view.current)).read(moment.certainty)
    case .age:
      .known(
        RateRange(
          exactly: Fraction(moment.now.milliseconds &- view.lastPublished.milliseconds)))
    case .leaf(let leaf): leaf.value(on: view, at: moment).read(moment.certainty)
    case .printed(let leaf): leaf.value(on: view, at: moment).read(moment.certainty)
    case .magnitude(let operand): operand.value(on: view, at: moment).map(\.magnitude)
    case .negated(let operand): operand.value(on: view, at: moment).map(\.negated)
    case .arithmetic(let operation, let left, let right):
      Self.value(
        operation, left.value(on: view, at: moment), right.value(on: view, at: moment)
      ).read(moment.certainty)
    }
  }

  /// What is printed, where the value is a fact that needs no arithmetic and is short; nil for any
  /// other.
  func fact(on view: some SeriesView, at moment: Moment) -> Fraction64? {
    switch self {
    case .constant(let range): range.isFact ? Fraction64(range.printed) : nil
    case .rate: Fraction64(view.current.rate)
    case .age: Fraction64(moment.now.milliseconds &- view.lastPublished.milliseconds, over: 1)
    case .printed(let leaf): leaf.rate(on: view, at: moment).flatMap { Fraction64($0) }
    case .leaf, .magnitude, .negated, .arithmetic: nil
    }
  }

  /// The result of an operation on two figures.
  static func value(_ operation: Arithmetic, _ left: Figure, _ right: Figure) -> Figure {
    guard case .known(let left) = left else { return left }
    guard case .known(let right) = right else { return right }
    let result: RateRange? =
      switch operation {
      case .plus: left.adding(right)
      case .minus: left.subtracting(right)
      case .times: left.multiplied(by: right)
      case .dividedBy: left.divided(by: right)
      }
    if let result { return .known(result) }
    let divisorMayBeZero = operation == .dividedBy && right.low <= .zero && right.high >= .zero
    return .missing(divisorMayBeZero ? .zeroDivisor : .excess)
  }
}

extension Figure {
  fileprivate func read(_ certainty: Certainty) -> Figure {
    certainty == .printed ? map(\.asPrinted) : self
  }

  fileprivate func map(_ change: (RateRange) -> RateRange) -> Figure {
    guard case .known(let range) = self else { return self }
    return .known(change(range))
  }
}

/// Why a figure is not there.
enum Absence: Hashable, Sendable {
  /// The series has one figure only.
  case previous
  /// The history does not reach back so far.
  case earlier(Window)
  /// The figure a move is measured against is zero.
  case zeroBefore
  case zeroDivisor
  /// Beyond exact arithmetic.
  case excess
  /// All printed figures of a window are the same.
  case sameness
  /// Another source prints no such pair.
  case source(SourceName)
  /// The source prints no two pairs that give this one.
  case legs(CurrencyPair)
  /// The source has no calendar.
  case calendar
  /// No change figure is printed, or it cannot be read.
  case publishedChange

  /// The end of the sentence "cannot tell: …".
  var reason: String {
    switch self {
    case .previous: "there is no figure before this one"
    case .earlier(.since(let day)): "no figure from \(day) is known"
    case .earlier(let window): "no figure from \(window) ago is known"
    case .zeroBefore: "the figure before is zero"
    case .zeroDivisor: "a divisor may be zero"
    case .excess: "a figure is too large to be computed"
    case .sameness: "the printed figures of the window are all the same"
    case .source(let source): "\(source) prints no rate of the pair"
    case .legs(let pair): "the source prints no rates that give \(pair)"
    case .calendar: "the source has no calendar"
    case .publishedChange: "the source prints no change figure"
    }
  }
}
