/// The history of one source as read from its archives.
package struct ImportedHistory: Sendable {
  /// One day of the archives.
  package struct Day: Sendable {
    package let valueDate: CalendarDay

    /// The presumed time of publication.
    package let published: Timestamp

    /// The hash of the file the day was read from.
    package let bodyHash: String

    package let headlines: [Headline]

    /// Creates a day.
    package init(
      valueDate: CalendarDay, published: Timestamp, bodyHash: String, headlines: [Headline]
    ) {
      self.valueDate = valueDate
      self.published = published
      self.bodyHash = bodyHash
      self.headlines = headlines
    }
  }

  /// The rate of one series on one day.
  package struct DayRate: Sendable {
    package let day: CalendarDay
    package let rate: Rate

    /// The change printed by the source, verbatim.
    package let publishedChange: String?

    /// Creates the rate of a day.
    package init(day: CalendarDay, rate: Rate, publishedChange: String?) {
      self.day = day
      self.rate = rate
      self.publishedChange = publishedChange
    }
  }

  package let source: SourceName

  /// By value date, oldest first, each once.
  package let days: [Day]

  /// By series; in each by day, each day once and contained in `days`.
  package let rates: [Series: [DayRate]]

  /// Creates the history of one source.
  package init(source: SourceName, days: [Day], rates: [Series: [DayRate]]) {
    self.source = source
    self.days = days
    self.rates = rates
  }
}
