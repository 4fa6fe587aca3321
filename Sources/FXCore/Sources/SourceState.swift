/// What is remembered of one source between polls and restarts.
package struct SourceState: Hashable, Sendable {
  /// The validators of its last body, for a conditional GET.
  ///
  /// They hold for one address only.
  package struct Validators: Hashable, Sendable {
    package var url: String
    package var etag: String?
    package var lastModified: String?

    /// The validators that came with a body from `url`.
    package init(url: String, etag: String?, lastModified: String?) {
      self.url = url
      self.etag = etag
      self.lastModified = lastModified
    }
  }

  /// When it was last asked; nil before the first time.
  package var lastAttempt: Timestamp?

  /// When it last answered with something that could be read, changed or not.
  package var lastSuccess: Timestamp?

  /// Failed attempts since then.
  package var failures = 0

  /// Why the last attempt failed; nil after a success.
  package var lastFailure: String?

  /// When the first of them was; nil after a success.
  package var failingSince: Timestamp?

  /// Whether each of them ended on the way, so that the fault may be on this side.
  package var isUnreachable = false

  /// Since when people have been told that it is down; nil while they have not.
  package var downSince: Timestamp?

  /// Since when people have been told that its publications are missing; nil while none is.
  package var staleSince: Timestamp?

  /// When it is asked next; nil before the first time.
  package var due: Timestamp?

  package var validators: Validators?

  /// The number of its latest publication; 0 before the first.
  package var latestPublication: Int64 = 0

  /// When its latest publication that was not all suspect was first seen.
  package var latestFirstSeen: Timestamp?

  /// The value date of that publication.
  package var latestValueDate: CalendarDay?

  /// Withdrawn currencies that it still prints, and people were told of, sorted.
  package var retired: [Currency] = []

  /// Its latest publication where only the first lines of that are taken in; nil otherwise.
  package var unfinished: Unfinished?

  /// A source never asked.
  package init() {}

  /// A publication of which so much is told that it is taken in by portions.
  ///
  /// Found at a start where a process died between two of them. Where the page still is the same, its
  /// other lines are then taken in as part of the same publication.
  package struct Unfinished: Hashable, Sendable {
    package let bodyHash: String
    package let valueDate: CalendarDay?
    package let firstSeen: Timestamp

    /// How many lines are taken in.
    package let lines: Int

    /// The first lines of a publication.
    package init(bodyHash: String, valueDate: CalendarDay?, firstSeen: Timestamp, lines: Int) {
      self.bodyHash = bodyHash
      self.valueDate = valueDate
      self.firstSeen = firstSeen
      self.lines = lines
    }
  }
}
