/// The stretch of history that conditions need, which must be kept in memory for each series.
package struct Lookback: Hashable, Sendable {
  /// The longest time before now.
  package var window: Duration

  /// The largest number of publications.
  package var publications: Int

  /// The earliest day of a window `since`; nil if there is none.
  package var since: CalendarDay?

  /// Indicates whether it begins, for each alert, when that was armed.
  package var isSinceArmed: Bool

  /// Nothing but the current rate and the one before it.
  package static let none = Lookback()

  /// Makes a lookback that covers each of its parts.
  package init(
    window: Duration = .zero, publications: Int = 0, since: CalendarDay? = nil,
    isSinceArmed: Bool = false
  ) {
    self.isSinceArmed = isSinceArmed
    self.window = window
    self.publications = publications
    self.since = since
  }

  /// Returns the lookback that covers both.
  package func joined(with other: Lookback) -> Lookback {
    Lookback(
      window: max(window, other.window), publications: max(publications, other.publications),
      since: [since, other.since].compactMap(\.self).min(),
      isSinceArmed: isSinceArmed || other.isSinceArmed)
  }

  /// Returns the earliest instant that the time window and the day need at `now`, whenever alerts were
  /// armed.
  package func start(from now: Timestamp) -> Timestamp {
    since.map { min($0.start, now - window) } ?? (now - window)
  }

  /// Returns the earliest position that is needed along either axis when a publication is evaluated.
  func start(from now: Timestamp, number: Int64) -> (time: Int64, publication: Int64) {
    (start(from: now).milliseconds, number + 1 - Int64(publications))
  }
}
