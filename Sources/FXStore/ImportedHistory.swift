package import FXCore

/// What archives of one source say of days that were never fetched.
package struct ImportedHistory: Sendable {
  /// One day of the archives.
  package struct Day: Sendable {
    package let valueDate: CalendarDay

    /// When the publisher is taken to have published it.
    package let published: Timestamp

    /// The hash of the file it was read from.
    package let bodyHash: String

    package let headlines: [Headline]

    /// One day.
    package init(
      valueDate: CalendarDay, published: Timestamp, bodyHash: String, headlines: [Headline]
    ) {
      self.valueDate = valueDate
      self.published = published
      self.bodyHash = bodyHash
      self.headlines = headlines
    }
  }

  /// One figure.
  package struct Figure: Sendable {
    package let day: CalendarDay
    package let rate: Rate

    /// The source's own change figure, verbatim.
    package let publishedChange: String?

    /// One figure.
    package init(day: CalendarDay, rate: Rate, publishedChange: String?) {
      self.day = day
      self.rate = rate
      self.publishedChange = publishedChange
    }
  }

  package let source: SourceName

  /// By value date, oldest first, none twice.
  package let days: [Day]

  /// By series; in each by day, none twice, and each of one of `days`.
  package let figures: [Series: [Figure]]

  /// The history of one source.
  package init(source: SourceName, days: [Day], figures: [Series: [Figure]]) {
    self.source = source
    self.days = days
    self.figures = figures
  }
}

/// What became of an import.
package struct ImportOutcome: Hashable, Sendable {
  /// The days that are stored now and were not before, oldest first.
  package var added: [CalendarDay] = []

  /// Figures stored for them.
  package var figures = 0

  /// How many of the days were stored already, and stay as they are.
  package var known = 0

  /// The days that are not stored but lie after the oldest stored one, oldest first.
  ///
  /// They are left out: what was fetched and judged since then would change under the alerts that
  /// rested on it.
  package var leftOut: [CalendarDay] = []

  /// Nothing imported.
  package init() {}
}
