import FXCore
import FXSources

/// The last body of each source that was read since the start: its hash, its time, and its end.
///
/// Nothing is known of a source whose definition has changed, so its next request has no validators
/// and its next body is read.
struct KnownBodies {
  /// The time after which a body is requested without validators, in case these never change.
  private static let trust: Duration = .seconds(86_400)

  /// The polls in a row whose bodies end early, after which that is how they end.
  private static let doubts = 3

  private struct Known {
    let hash: String
    let received: Timestamp
    let ending: BodyEnding
  }

  private var known: [SourceName: Known] = [:]

  /// The number of bodies in a row that were doubted.
  private var doubted: [SourceName: Int] = [:]

  /// Forgets a source, because its definition has changed.
  mutating func forget(_ source: SourceName) {
    known[source] = nil
    doubted[source] = nil
  }

  /// True if validators may be sent: a body was read by this definition within the last day.
  func trustsValidators(of source: SourceName, at now: Timestamp) -> Bool {
    known[source].map { (Duration.zero..<Self.trust).contains(now - $0.received) } ?? false
  }

  /// True if a body is the last one that was read.
  func isLast(_ hash: String, of source: SourceName) -> Bool { known[source]?.hash == hash }

  /// Records that the last body was received again.
  mutating func recordAgain(of source: SourceName, at now: Timestamp) {
    known[source] = known[source].map { Known(hash: $0.hash, received: now, ending: $0.ending) }
    doubted[source] = nil
  }

  /// Returns the reason to doubt that a body is complete; nil if there is none.
  ///
  /// Several such bodies in a row are how the publisher ends them now.
  mutating func doubt(_ ending: BodyEnding, of source: SourceName) -> String? {
    guard let known = known[source], let reason = ending.doubt(after: known.ending),
      doubted[source, default: 0] < Self.doubts
    else { return nil }
    doubted[source, default: 0] += 1
    return reason + "; it may be cut off"
  }

  /// Records a body that was read.
  mutating func record(
    _ hash: String, _ ending: BodyEnding, of source: SourceName, at now: Timestamp
  ) {
    known[source] = Known(hash: hash, received: now, ending: ending)
    doubted[source] = nil
  }
}
