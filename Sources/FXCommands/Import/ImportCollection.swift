import FXCore
import FXSources

/// What the files of one import say, brought together by day: one file may hold many days, and many
/// files one day.
struct ImportCollection {
  /// The most figures of one import: four times 27 years of the ECB's, in 100 MB of memory.
  static let maximumFigures = 1_000_000

  /// How far ahead of today a day may lie: publishers print tomorrow's rate, and that of the day
  /// after a long holiday.
  private static let daysAhead = 7

  /// Figures that another file, or the same, had otherwise for the same day; the first stays.
  private(set) var contradictions = 0

  /// Figures so far.
  private(set) var count = 0

  private let source: SourceName
  private let today: CalendarDay
  private var days: [CalendarDay: (bodyHash: String, headlines: [Headline])] = [:]
  private var figures: [Series: [CalendarDay: ImportedHistory.DayRate]] = [:]

  /// Nothing yet of a source.
  init(source: SourceName, today: CalendarDay) {
    self.source = source
    self.today = today
  }

  /// How many days there are so far.
  var dayCount: Int { days.count }

  /// Takes what a file says of one day.
  mutating func add(
    _ reading: SourceReading, of day: CalendarDay, bodyHash: String
  ) throws(ParseError) {
    guard day <= today.advanced(by: Self.daysAhead) else {
      throw ParseError("it has rates for \(day), and today is \(today)")
    }
    if days[day] == nil { days[day] = (bodyHash, reading.headlines) }
    for observation in reading.observations {
      let series = Series(source: source, pair: observation.pair, side: observation.side)
      if let known = figures[series]?[day] {
        if known.rate != observation.rate { contradictions += 1 }
        continue
      }
      count += 1
      guard count <= Self.maximumFigures else {
        throw ParseError(
          "with it there are more than \(Self.maximumFigures) figures; import fewer files at once,"
            + " the newest first")
      }
      figures[series, default: [:]][day] = ImportedHistory.DayRate(
        day: day, rate: observation.rate, publishedChange: observation.publishedChange)
    }
  }

  /// Everything, in order; `published` says when the publisher is taken to have published a day.
  func history(published: (CalendarDay) -> Timestamp) -> ImportedHistory {
    ImportedHistory(
      source: source,
      days: days.sorted { $0.key < $1.key }.map { day, found in
        ImportedHistory.Day(
          valueDate: day, published: published(day), bodyHash: found.bodyHash,
          headlines: found.headlines)
      },
      rates: figures.mapValues { $0.values.sorted { $0.day < $1.day } })
  }
}

extension SourceSchedule {
  /// When a source is taken to have published the rates of a day, where nobody saw it.
  ///
  /// By its calendar, at its publication time on that very day: for a bank that dates its rates
  /// tomorrow this is a day late, never early, so that nothing is known before its time. The end of
  /// the day (UTC) where there is no calendar.
  func presumedPublication(of day: CalendarDay, zones: any Zones) -> Timestamp {
    calendar?.instant(on: day, zones: zones) ?? day.start + .seconds(86_399)
  }
}
