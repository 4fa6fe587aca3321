/// A checked expression whose value is a number.
indirect enum NumericExpression: Sendable {
  /// A rate, a number, a percentage as a fraction, or a duration in milliseconds.
  case constant(RateRange)
  /// The current rate of one unit.
  case rate
  /// The time since the source last printed something new.
  case age
  case leaf(any NumericLeaf)
  case printed(any PrintedLeaf)
  case magnitude(NumericExpression)
  case negated(NumericExpression)
  case arithmetic(Arithmetic, NumericExpression, NumericExpression)

  /// Returns the value at a moment: the definition.
  ///
  /// Under `certainty: printed` every range is reduced to the printed value.
  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    switch self {
    case .constant(let range): .known(range)
    case .rate: .known(view.range(of: view.current)).read(moment.certainty)
    case .age:
      .known(
        RateRange(
          exactly: Fraction(moment.now.milliseconds &- view.lastPublished.milliseconds)))
    case .leaf(let leaf): leaf.specializedValue(on: view, at: moment).read(moment.certainty)
    case .printed(let leaf): leaf.specializedValue(on: view, at: moment).read(moment.certainty)
    case .magnitude(let operand): operand.value(on: view, at: moment).map(\.magnitude)
    case .negated(let operand): operand.value(on: view, at: moment).map(\.negated)
    case .arithmetic(let operation, let left, let right):
      Self.value(
        operation, left.value(on: view, at: moment), right.value(on: view, at: moment)
      ).read(moment.certainty)
    }
  }

  /// Returns the result of an operation on two values.
  static func value(
    _ operation: Arithmetic, _ left: NumericResult, _ right: NumericResult
  ) -> NumericResult {
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
