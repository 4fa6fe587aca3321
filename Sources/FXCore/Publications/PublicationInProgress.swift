/// A page that says something new, and how much of it is taken in.
///
/// Nearly always a page is taken in whole, by one decision. Where very many alerts come of it, it is
/// taken in by portions: those of the first lines are told while the rest is judged, and what else
/// happens meanwhile, such as the ends of deliveries, is not kept waiting. All that is decided is
/// the same as from the whole page at once, down to the identifiers.
///
/// Its lines are shared, not copied, from portion to portion.
struct PublicationInProgress: Hashable, Sendable {
  /// What is stored of it as a whole, the same with every portion.
  let publication: Publication

  let reading: SourceReading

  /// Each line beside what was known of its series when the page came.
  let news: ReadingDiff

  /// When it is judged: the instant it was first seen, but for what a crash left over.
  let now: Timestamp

  /// Whether it was found late.
  let isLate: Bool

  /// Whether the fetch that brought it is over with it.
  let endsFetch: Bool

  /// The state of the source once the page is taken in.
  var state: SourceState

  /// How many of its lines are taken in, and how many of these are trusted.
  var lines: Int
  var trusted: Int

  /// The state of the source until then.
  ///
  /// After a crash it is asked for the whole body again, and for its day. The lines that are taken in
  /// are as fresh as the page.
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

extension SourceState {
  /// What is taken in already of a page that was read; nil where it is another page.
  func begun(_ reading: SourceReading, bodyHash: String) -> Unfinished? {
    guard let unfinished, unfinished.bodyHash == bodyHash,
      unfinished.valueDate == reading.valueDate,
      unfinished.lines < reading.observations.count
    else { return nil }
    return unfinished
  }
}
