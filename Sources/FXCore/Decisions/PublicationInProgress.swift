/// A publication, and how many of its lines are taken in.
///
/// Nearly always a publication is taken in whole, by one decision. Where very many events result, it
/// is taken in by portions: the events of the first lines are sent while the rest is evaluated, and
/// other events, such as the ends of deliveries, are not delayed. The decisions are the same as from
/// the whole publication at once, down to the identifiers.
///
/// Its lines are shared, not copied, from portion to portion.
package struct PublicationInProgress: Hashable, Sendable {
  /// The stored record, the same with every portion.
  let publication: Publication

  let reading: SourceReading

  /// The difference from the publication before.
  let diff: ReadingDiff

  /// The time at which it is evaluated: when it was first seen, except after a crash.
  let now: Timestamp

  /// True if it was found late.
  let isLate: Bool

  /// True if its fetch ends with it.
  let endsFetch: Bool

  /// The state of the source once the publication is complete.
  var state: SourceState

  /// The number of its lines that are taken in, and of those among them that are trusted.
  package var lines: Int
  var trusted: Int

  /// The digest that identifies its place: the publications before it, and its number.
  var origin: ContentDigest {
    var hasher = ContentHasher()
    hasher.combine(state.history)
    hasher.combine(publication.number)
    return hasher.finish()
  }

  /// The digest of the source's publications up to this one.
  var history: ContentDigest {
    var hasher = ContentHasher()
    hasher.combine(state.history)
    hasher.combine(publication.bodyHash)
    hasher.combine(publication.valueDate.map { Int64($0.daysSinceEpoch) })
    return hasher.finish()
  }

  /// Returns the state of the source until the publication is complete.
  ///
  /// After a crash the whole body is fetched again, with its day. The lines that are taken in are as
  /// fresh as the publication.
  func interimState(after known: SourceState) -> SourceState {
    var interim = state
    interim.validators = nil
    interim.latestFirstSeen = trusted > 0 ? publication.firstSeen : known.latestFirstSeen
    interim.latestValueDate = known.latestValueDate
    interim.unfinished = SourceState.Unfinished(
      bodyHash: publication.bodyHash, valueDate: publication.valueDate,
      firstSeen: publication.firstSeen, lines: lines)
    return interim
  }
}
