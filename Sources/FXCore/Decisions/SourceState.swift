/// The state of one source between polls and restarts.
///
/// It has more than ten properties because each is a column of the store.
package struct SourceState: Hashable, Sendable {
  /// The validators of the last body, for a conditional GET.
  ///
  /// They are valid for one address only.
  package struct Validators: Hashable, Sendable {
    package var url: String
    package var etag: String?
    package var lastModified: String?

    /// The validators of a body from `url`.
    package init(url: String, etag: String?, lastModified: String?) {
      self.url = url
      self.etag = etag
      self.lastModified = lastModified
    }
  }

  /// The time of the last poll; nil before the first one.
  package var lastAttempt: Timestamp?

  /// The time of the last poll whose answer could be read, changed or not.
  package var lastSuccess: Timestamp?

  /// The number of failed attempts since then.
  package var failures = 0

  /// The reason of the last failure; nil after a success.
  package var lastFailure: String?

  /// The time of the first failure in a row; nil after a success.
  package var failingSince: Timestamp?

  /// True if no server was reached in any of those attempts, so that the fault may be on this side.
  package var isUnreachable = false

  /// The time since which the source is reported as down; nil while it is not.
  package var downSince: Timestamp?

  /// The time since which the source is reported as stale; nil while it is not.
  package var staleSince: Timestamp?

  /// The time of the next poll; nil before the first one.
  package var due: Timestamp?

  package var validators: Validators?

  /// The number of its latest publication; 0 before the first.
  package var latestPublication: Int64 = 0

  /// The time at which its latest publication with a trusted rate was first seen.
  package var latestFirstSeen: Timestamp?

  /// The value date of that publication.
  package var latestValueDate: CalendarDay?

  /// The digest of all publications of it so far, each by its body and value date.
  package var history: ContentDigest = .none

  /// The withdrawn currencies that it still prints and that were reported, sorted.
  package var retired: [Currency] = []

  /// The latest publication if only its first lines are stored; nil otherwise.
  package var unfinished: Unfinished?

  /// The state of a source that was never polled.
  package init() {}

  /// A publication that is taken in by portions and is not complete.
  ///
  /// Read at a start after the process ended between two portions. If the source still publishes the
  /// same body, its other lines are then taken in as part of the same publication.
  package struct Unfinished: Hashable, Sendable {
    package let bodyHash: String
    package let valueDate: CalendarDay?
    package let firstSeen: Timestamp

    /// The number of lines that are stored.
    package let lines: Int

    /// The first lines of a publication.
    package init(bodyHash: String, valueDate: CalendarDay?, firstSeen: Timestamp, lines: Int) {
      self.bodyHash = bodyHash
      self.valueDate = valueDate
      self.firstSeen = firstSeen
      self.lines = lines
    }
  }

  /// Returns the unfinished publication that a reading continues; nil where it is another one.
  func begun(_ reading: SourceReading, bodyHash: String) -> Unfinished? {
    guard let unfinished, unfinished.bodyHash == bodyHash,
      unfinished.valueDate == reading.valueDate,
      unfinished.lines < reading.observations.count
    else { return nil }
    return unfinished
  }
}
