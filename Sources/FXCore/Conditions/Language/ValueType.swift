/// The type of a numeric expression; only related types can be compared and added.
package enum ValueType: Hashable, Sendable {
  /// A rate of one unit, or a difference of rates.
  case rate
  /// A relative move.
  case percent
  /// A number multiplied by a percentage, such as `7.8 * 0.5%`: a percentage, a rate or a number, as its
  /// place needs.
  case share
  /// A length of time, in milliseconds.
  case duration
  /// A plain number; also valid where a rate is expected.
  case number

  /// True if a value by itself is written as a percentage.
  var isPercentage: Bool { self == .percent || self == .share }

  /// The type with its article, for messages.
  var noun: String {
    switch self {
    case .rate: "a rate"
    case .percent, .share: "a percentage"
    case .duration: "a duration"
    case .number: "a number"
    }
  }

  /// A literal of the type, for examples in messages.
  var example: String {
    switch self {
    case .rate: "0.0115"
    case .percent, .share: "1%"
    case .duration: "24h"
    case .number: "1"
    }
  }

  /// Returns true if values of the two types can be compared, added and subtracted.
  func isComparable(with other: ValueType) -> Bool { sum(with: other) != nil }

  /// Returns the type of a sum or difference; nil if it is not allowed.
  func sum(with other: ValueType) -> ValueType? {
    if self == other { return self }
    switch (self, other) {
    case (.rate, .number), (.number, .rate): return .rate
    case (.share, .rate), (.share, .number), (.share, .percent): return other
    case (.rate, .share), (.number, .share), (.percent, .share): return self
    default: return nil
    }
  }

  /// Returns the type of a product; nil if it is not allowed.
  func product(with other: ValueType) -> ValueType? {
    switch (self, other) {
    case (.number, let type), (let type, .number): type
    case (.rate, .percent), (.percent, .rate), (.rate, .share), (.share, .rate): .rate
    default: nil
    }
  }

  /// Returns the type of a quotient; nil if it is not allowed.
  func quotient(by other: ValueType) -> ValueType? {
    if other == .number { return self }
    if self == other || (isPercentage && other.isPercentage) { return .number }
    return self == .number && other == .rate ? .number : nil
  }
}
