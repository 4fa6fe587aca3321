/// Why a figure is not trusted: which guard tripped, and what it saw.
package struct Suspicion: Hashable, Sendable {
  /// The guard's name, such as `inverted`.
  package let guardName: String

  /// What is odd, as a clause without a full stop: `11.44 is about 1000 times the last rate, 0.01144`.
  package let reason: String

  /// What a guard of that name saw.
  package init(guardName: String, reason: String) {
    self.guardName = guardName
    self.reason = reason
  }

  /// Reads what `description` wrote; nil for anything else.
  package init?(_ text: String) {
    guard let colon = text.firstRange(of: ": ") else { return nil }
    self.init(
      guardName: String(text[..<colon.lowerBound]), reason: String(text[colon.upperBound...]))
  }
}

extension Suspicion: CustomStringConvertible {
  /// The guard and what it saw: `non-positive: 0.00 is not above zero`.
  package var description: String { "\(guardName): \(reason)" }
}
