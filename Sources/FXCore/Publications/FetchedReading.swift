/// A reading that was fetched, and its difference from the publication before.
struct FetchedReading {
  let reading: SourceReading
  let diff: ReadingDiff

  /// The hash of the body, in hexadecimal.
  let bodyHash: String

  /// True if the publication was found late.
  let isLate: Bool
}
