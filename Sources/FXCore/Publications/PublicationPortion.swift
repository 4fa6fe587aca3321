/// The lines of a publication that one decision takes in.
///
/// One reference, shared by all lines.
final class PublicationPortion: Sendable {
  let reading: SourceReading

  /// The series of the source as they were before the publication.
  let known: SourceSeries

  /// The difference from the publication before.
  let diff: ReadingDiff

  /// The state of the source before the publication.
  let previousState: SourceState

  /// The suspicions of guards, by the index of the line.
  let suspicions: [Int: Suspicion]

  /// The part that the evaluations of its lines share.
  let context: PublicationContext

  /// The number of the publication.
  let number: Int64

  /// The digest that identifies the place of the publication in its source's history.
  let origin: ContentDigest

  /// The time at which the publication was first seen.
  let firstSeen: Timestamp

  /// True if it was found late.
  let isLate: Bool

  /// A portion of a publication.
  init(
    of publication: PublicationInProgress, _ known: SourceSeries, after previousState: SourceState,
    suspicions: [Int: Suspicion], context: PublicationContext
  ) {
    self.previousState = previousState
    reading = publication.reading
    diff = publication.diff
    number = publication.publication.number
    origin = publication.origin
    firstSeen = publication.publication.firstSeen
    isLate = publication.isLate
    self.suspicions = suspicions
    self.known = known
    self.context = context
  }

  /// True if the source publishes fixings.
  var isFixing: Bool { known.source.dating == .fixing }

  /// True if another rate for its day is a revision.
  var isDatedFixing: Bool { isFixing && reading.valueDate != nil }

  /// Returns the scale of the series of the line at a position for its nominal, without the line itself.
  @inline(__always)
  func knownScale(at position: Int) -> Int {
    diff.lines[position].index.map {
      known.table.all[$0].scale(of: reading.observations[position].rate.nominal)
    }
      ?? known.source.scale(of: reading.observations[position].pair)
  }

  /// Returns the series of the line at a position.
  @inline(__always)
  func series(at position: Int) -> Series {
    Series(
      source: known.source.name, pair: reading.observations[position].pair,
      side: reading.observations[position].side)
  }
}
