/// The part of the stored history that rules look back on: it is loaded after a restart, and never deleted.
package struct StoredReach: Hashable, Sendable {
  /// The lookback of the rules.
  package var lookback: Lookback

  /// The sources whose publications count once a value date.
  package var fixings: Set<SourceName>

  /// Nothing but the current rate and the one before it.
  package static let none = StoredReach(.none)

  /// The reach of rules with a lookback, where these sources print fixings.
  package init(_ lookback: Lookback, fixings: Set<SourceName> = []) {
    self.lookback = lookback
    self.fixings = fixings
  }

  /// Returns the count of the publications of a series whose source has published last under the number
  /// `latest`.
  package func count(of source: SourceName, upTo latest: Int64) -> ReachCount {
    ReachCount(
      publications: lookback.publications, isFixing: fixings.contains(source), upTo: latest)
  }
}
