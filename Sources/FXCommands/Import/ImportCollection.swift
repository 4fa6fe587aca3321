import FXCore
import FXSources

/// The contents of the files of one import, by day: one file may contain many days, and many files one
/// day.
struct ImportCollection {
  /// The largest number of rates of one import: four times 27 years of the ECB's, in 100 MB of memory.
  static let maximumRates = 1_000_000

  /// The largest number of days after today: publishers print tomorrow's rate, and that of the day
  /// after a long holiday.
  private static let daysAhead = 7

  /// The number of rates that differ from an earlier one of the same day; the first one is kept.
  private(set) var contradictions = 0

  /// The number of rates so far.
  private(set) var count = 0

  private let source: SourceName
  private let today: CalendarDay
  private var days: [CalendarDay: (bodyHash: String, headlines: [Headline])] = [:]
  private var rates: [Series: [CalendarDay: ImportedHistory.DayRate]] = [:]

  /// An empty collection of a source.
  init(source: SourceName, today: CalendarDay) {
    self.source = source
    self.today = today
  }

  /// The number of days so far.
  var dayCount: Int { days.count }

  /// True if a day has rates.
  func contains(_ day: CalendarDay) -> Bool { days[day] != nil }

  /// Adds the rates of one day.
  mutating func add(
    _ reading: SourceReading, of day: CalendarDay, bodyHash: String
  ) throws(ParseError) {
    guard day <= today.advanced(by: Self.daysAhead) else {
      throw ParseError("it has rates for \(day), but today is \(today)")
    }
    if days[day] == nil { days[day] = (bodyHash, reading.headlines) }
    for observation in reading.observations {
      let series = Series(source: source, pair: observation.pair, side: observation.side)
      if let known = rates[series]?[day] {
        if known.rate != observation.rate { contradictions += 1 }
        continue
      }
      count += 1
      guard count <= Self.maximumRates else {
        throw ParseError(
          "more than \(Self.maximumRates) rates; import fewer files at once,"
            + " the newest first")
      }
      rates[series, default: [:]][day] = ImportedHistory.DayRate(
        day: day, rate: observation.rate, publishedChange: observation.publishedChange)
    }
  }

  /// Returns all days and rates in order; `published` returns the presumed publication time of a day.
  func history(published: (CalendarDay) -> Timestamp) -> ImportedHistory {
    ImportedHistory(
      source: source,
      days: days.sorted { $0.key < $1.key }.map { day, found in
        ImportedHistory.Day(
          valueDate: day, published: published(day), bodyHash: found.bodyHash,
          headlines: found.headlines)
      },
      rates: rates.mapValues { $0.values.sorted { $0.day < $1.day } })
  }
}

extension SourceSchedule {
  /// Returns the presumed publication time of a day's rates that fxwatch did not see published.
  ///
  /// By its calendar, at its publication time on that very day: for a bank that dates its rates
  /// tomorrow this is a day late, never early, so that nothing is known before its time. The end of
  /// the day (UTC) where there is no calendar.
  func presumedPublication(of day: CalendarDay, zones: any Zones) -> Timestamp {
    calendar?.instant(on: day, zones: zones) ?? day.start + .seconds(86_399)
  }
}
