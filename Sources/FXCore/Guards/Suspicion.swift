/// The reason why a rate is not trusted.
package struct Suspicion: Hashable, Sendable {
  /// The guard's name, such as `inverted`.
  package let guardName: String

  /// The finding, as a clause without a full stop: `11.44 is about 1000 times the last rate, 0.01144`.
  package let reason: String

  /// Creates a suspicion.
  package init(guardName: String, reason: String) {
    self.guardName = guardName
    self.reason = reason
  }

  /// Reads a `description`; nil for anything else.
  package init?(_ text: String) {
    guard let colon = text.firstRange(of: ": ") else { return nil }
    self.init(
      guardName: String(text[..<colon.lowerBound]), reason: String(text[colon.upperBound...]))
  }
}

extension Suspicion: CustomStringConvertible {
  /// The guard and the reason: `non-positive: 0.00 is not above zero`.
  package var description: String { "\(guardName): \(reason)" }
}
