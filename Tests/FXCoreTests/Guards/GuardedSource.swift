import FXCore

/// The error for an invalid literal in a test.
struct BadGuardLiteral: Error {
  let text: String
}

/// A source that publishes pages through an engine and returns the decisions.
///
/// A line of a page is `USD/KGS 87.45`, or `100 JPY/KZT 330.12` with its nominal. Each page is of the
/// day after the one before, unless a day is given.
struct GuardedSource {
  static let name = SourceName("bank")
  static let firstDay = "2025-06-02"

  private var engine: Engine
  private var day: CalendarDay
  private var pages = 0

  init(
    dating: PlannedSource.Dating = .fixing, from day: String = firstDay, rules: [Rule] = []
  ) throws {
    guard let first = CalendarDay(text: day) else { throw BadGuardLiteral(text: day) }
    self.day = first
    let source = PlannedSource(
      name: Self.name, schedule: .interval(.seconds(3600)), dating: dating, host: "bank.example")
    engine = Engine(
      plan: Plan(
        sources: [source], rules: rules,
        notifiers: [PlannedNotifier(name: "console", fingerprint: "console")]),
      stored: StoredState(
        installation: "0011223344556677", latestEvent: 0, sources: [:], series: [], alerts: [:],
        outbox: []),
      zones: Greenwich(), now: Timestamp(seconds: Int64(first.daysSinceEpoch) * 86_400))
  }

  /// Publishes a page for the day `dated` or the next day, fetched at noon of that day or of `on`.
  @discardableResult
  mutating func print(
    _ lines: [String], dated: String? = nil, on fetched: String? = nil
  ) throws -> Decision {
    pages += 1
    var valueDate = day
    if let dated {
      guard let stated = CalendarDay(text: dated) else { throw BadGuardLiteral(text: dated) }
      valueDate = stated
    } else {
      day = day.advanced(by: 1)
      valueDate = day
    }
    let fetchDay = fetched.flatMap { CalendarDay(text: $0) } ?? valueDate
    let now = Timestamp(seconds: Int64(fetchDay.daysSinceEpoch) * 86_400 + 43_200 + Int64(pages))
    let reading = SourceReading(valueDate: valueDate, observations: try lines.map(Self.observation))
    let decision = engine.decide(
      .fetched(Self.name, .read(reading, bodyHash: "\(pages)", validators: nil)), at: now)
    _ = engine.absorb(decision, at: now)
    return decision
  }

  static func observation(_ line: String) throws -> Observation {
    let words = line.split(separator: " ")
    guard let printed = words.last.flatMap({ ExactDecimal($0) }), words.count >= 2,
      let pair = CurrencyPair(String(words[words.count - 2])),
      let rate = Rate(printed: printed, nominal: words.count == 3 ? Int64(words[0]) ?? 0 : 1)
    else { throw BadGuardLiteral(text: line) }
    return Observation(pair: pair, rate: rate)
  }
}

extension Decision {
  /// The suspect rates: `KGS/USD inverted`.
  var suspicions: [String] {
    changeset.observations.compactMap { record in
      record.suspicion.map { "\(record.series.pair) \($0.guardName)" }
    }
  }

  /// The trusted rates: `KGS/USD 0.01144`.
  var trusted: [String] {
    changeset.observations.filter { $0.suspicion == nil }.map {
      "\($0.series.pair) \($0.point.rate.printed)"
    }
  }

  /// The events sent: `source.suspect: bank: …`.
  var sent: [String] {
    changeset.events.map { event in
      "\(event.notification.type.rawValue): \(event.notification["summary"] ?? "")"
    }
  }
}

/// Time zones that are all UTC.
private struct Greenwich: Zones {
  func offset(ofZone zone: String, at instant: Timestamp) -> Int? { 0 }
}
