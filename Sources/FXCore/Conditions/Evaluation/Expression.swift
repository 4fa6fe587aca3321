/// A checked part of a condition with its requirements.
struct Expression: Sendable {
  /// A number of some type, or a predicate.
  enum Meaning: Sendable {
    case numeric(NumericExpression, ValueType)
    case predicate(Predicate)
  }

  let meaning: Meaning
  let requirements: Requirements

  init(_ numeric: NumericExpression, _ type: ValueType, _ requirements: Requirements) {
    self.meaning = .numeric(numeric, type)
    self.requirements = requirements
  }

  init(_ predicate: Predicate, _ requirements: Requirements) {
    self.meaning = .predicate(predicate)
    self.requirements = requirements
  }
}
