/// A stretch of a series' history that ends now, as a condition names it: `30d`, `20 publications`,
/// `since 2026-01-01`.
package enum Window: Hashable, Sendable {
  /// So many milliseconds.
  case time(Int64)
  /// So many publications of the source, the one that is judged included.
  case publications(Int)
  /// From the first instant of that day in UTC on.
  case since(CalendarDay)

  /// The most publications one window may span: what is kept of each series in memory.
  static let maximumPublications = 100_000

  /// How far back the history must reach for it.
  var reach: Lookback {
    switch self {
    case .time(let length): Lookback(window: .milliseconds(length))
    case .publications(let count): Lookback(publications: count)
    case .since(let day): Lookback(since: day)
    }
  }

  /// What it is measured along.
  var axis: Axis {
    switch self {
    case .time, .since: .time
    case .publications: .publications
    }
  }
}

extension Window: CustomStringConvertible {
  /// As people write it.
  package var description: String {
    switch self {
    case .time(let length): DurationText.text(.milliseconds(length))
    case .publications(let count): "\(count) publication\(count == 1 ? "" : "s")"
    case .since(let day): "since \(day)"
    }
  }
}

/// What stretches of history are measured along.
enum Axis: Hashable, Sendable {
  /// Milliseconds since the epoch, at which figures were first seen.
  case time
  /// The source's own count of publications.
  case publications

  /// Where a figure came into force.
  func position(of point: SeriesPoint) -> Int64 {
    switch self {
    case .time: point.firstSeen.milliseconds
    case .publications: point.publication
    }
  }
}

/// How far back conditions look: what must be remembered of each series.
package struct Lookback: Hashable, Sendable {
  /// The longest stretch of time before now.
  package var window: Duration

  /// The most publications back.
  package var publications: Int

  /// The earliest day named; nil where none is.
  package var since: CalendarDay?

  /// Nothing but the current figure and the one before it.
  package static let none = Lookback()

  /// A reach; each part stands beside the others.
  package init(window: Duration = .zero, publications: Int = 0, since: CalendarDay? = nil) {
    self.window = window
    self.publications = publications
    self.since = since
  }

  /// What reaches as far as both.
  package func joined(with other: Lookback) -> Lookback {
    Lookback(
      window: max(window, other.window), publications: max(publications, other.publications),
      since: [since, other.since].compactMap(\.self).min())
  }

  /// The instant before which, seen from `now`, time and days do not reach.
  package func start(from now: Timestamp) -> Timestamp {
    since.map { min($0.start, now - window) } ?? (now - window)
  }

  /// Where the farthest windows begin along either axis when a publication is judged.
  func start(from now: Timestamp, number: Int64) -> (time: Int64, publication: Int64) {
    (start(from: now).milliseconds, number + 1 - Int64(publications))
  }
}

extension CalendarDay {
  /// The first instant of the day in UTC.
  package var start: Timestamp {
    Timestamp(milliseconds: Int64(daysSinceEpoch) * 86_400_000)
  }
}
