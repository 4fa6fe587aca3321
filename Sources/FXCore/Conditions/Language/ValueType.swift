/// What kind of thing a quantity is: unlike things are neither compared nor added.
package enum ValueType: Hashable, Sendable {
  /// A rate of one unit, or a difference of rates.
  case rate
  /// A relative move.
  case percent
  /// A length of time, in milliseconds.
  case duration
  /// A plain figure; it may stand where a rate is wanted.
  case number

  /// How it is called in a sentence.
  var noun: String {
    switch self {
    case .rate: "a rate"
    case .percent: "a percent"
    case .duration: "a duration"
    case .number: "a number"
    }
  }

  /// What such a thing is compared with in an example.
  var example: String {
    switch self {
    case .rate: "0.0115"
    case .percent: "1%"
    case .duration: "24h"
    case .number: "1"
    }
  }

  /// Whether values of the two can be compared, added and subtracted.
  func isComparable(with other: ValueType) -> Bool { sum(with: other) != nil }

  /// The type of a sum or difference; nil where it has no meaning.
  func sum(with other: ValueType) -> ValueType? {
    if self == other { return self }
    switch (self, other) {
    case (.rate, .number), (.number, .rate): return .rate
    default: return nil
    }
  }

  /// The type of a product; nil where it has no meaning.
  func product(with other: ValueType) -> ValueType? {
    switch (self, other) {
    case (.number, let type), (let type, .number): type
    case (.rate, .percent), (.percent, .rate): .rate
    default: nil
    }
  }

  /// The type of a quotient; nil where it has no meaning.
  func quotient(by other: ValueType) -> ValueType? {
    if other == .number { return self }
    if self == other { return .number }
    return self == .number && other == .rate ? .number : nil
  }
}
