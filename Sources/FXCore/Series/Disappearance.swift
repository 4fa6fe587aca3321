/// The first publication of a source without a series that the one before contained.
package struct Disappearance: Hashable, Sendable {
  /// The number of that publication.
  package let publication: Int64

  /// The time at which it was first seen.
  package let at: Timestamp

  /// The time without a rate that notifications mention: shorter gaps are usual where publishers compile
  /// their pages by hand.
  static let notable = Duration.seconds(7 * 86_400)

  /// The absence of a series from a publication on.
  package init(publication: Int64, at: Timestamp) {
    self.publication = publication
    self.at = at
  }
}
