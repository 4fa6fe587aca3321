package import FXCore

/// Returns the instant so many days and hours after 2026-01-01.
package func instant(day: Int, hour: Int = 0) -> Timestamp {
  Timestamp(seconds: 1_767_225_600 + Int64(day) * 86_400 + Int64(hour) * 3600)
}

/// Returns the day so many days after 2026-01-01.
package func date(_ day: Int) -> CalendarDay { instant(day: day).day }

/// Returns a series by the name of its source and the text of its pair.
package func series(_ source: String, _ pair: String, _ side: Side = .mid) throws -> Series {
  Series(source: SourceName(source), pair: try unwrapped(CurrencyPair(pair)), side: side)
}

/// Returns a rate by its printed text.
package func rate(_ text: String, nominal: Int64 = 1) throws -> Rate {
  try unwrapped(Rate(printed: try unwrapped(ExactDecimal(text)), nominal: nominal))
}

/// A literal of a test that cannot be parsed.
package struct BadLiteral: Error {}

/// Returns a value that is not nil.
package func unwrapped<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw BadLiteral() }
  return value
}

extension Changeset {
  /// Creates the changeset of a publication as the engine decides it, with the text of each rate by
  /// pair.
  package init(
    _ source: String, _ number: Int64, valueDate: CalendarDay? = nil, at firstSeen: Timestamp,
    _ rates: [String: String], version: Int = 1, vanished: [String] = []
  ) throws {
    self.init()
    publication = Publication(
      number: number, source: SourceName(source), valueDate: valueDate, firstSeen: firstSeen,
      lastSeen: firstSeen, bodyHash: "hash \(number)", headlines: [])
    for (pair, text) in rates.sorted(by: { $0.key < $1.key }) {
      let rate = try StoreSuite.rate(text)
      observations.append(
        ObservationRecord(
          series: try StoreSuite.series(source, pair),
          point: SeriesPoint(
            rate: rate, valueDate: valueDate, firstSeen: firstSeen, publication: number,
            version: version),
          publishedChange: nil, scale: rate.printed.scale))
    }
    for pair in vanished { self.vanished.append(try StoreSuite.series(source, pair)) }
  }
}

/// Returns the result of a poll that found publication `number` unchanged.
package func seenAgain(_ source: String, _ number: Int64, at instant: Timestamp) -> Changeset {
  var changeset = Changeset()
  changeset.seenAgain = (SourceName(source), number, instant)
  return changeset
}

/// Returns an event for some notifiers.
package func event(
  _ sequence: Int64, id: String? = nil, at timestamp: Timestamp, to recipients: [String]
) -> OutboxEvent {
  OutboxEvent(
    sequence: sequence,
    notification: Notification(
      id: id ?? "event-\(sequence)", type: .alertFiring, timestamp: timestamp,
      data: .object([
        .init("summary", .string("moved \"2 %\"\n")), .init("nominal", .number("100")),
        .init("change", .object([.init("percent", .string("15.22"))])),
      ])),
    orderingKey: "timesca KGS/USD", recipients: recipients)
}

extension EngineStore {
  /// Loads the state for rules that look back so long.
  package func load(window: Duration, now: Timestamp) async throws(StoreProblem) -> StoredState {
    try await load(reach: StoredReach(Lookback(window: window)), now: now)
  }
}

extension EngineStore {
  /// Deletes everything that is too old; returns how many rows.
  package func pruneAll(_ retention: Retention, now: Timestamp) async throws(StoreProblem) -> Int {
    var deleted = 0
    while true {
      let outcome = try await prune(retention, now: now)
      deleted += outcome.deleted
      if outcome.isComplete { return deleted }
    }
  }
}

extension Retention {
  /// Thirty days for what has an age by default.
  package static let month = Retention(
    alerts: .seconds(30 * 86_400), deliveries: .seconds(30 * 86_400))
}

/// Changesets of three days with headlines, changes and a series that vanishes, at the source ecb.
package func publicationsWithHeadlines() throws -> [Changeset] {
  try (1...3 as ClosedRange<Int64>).map { number in
    var changeset = try Changeset(
      "ecb", number, valueDate: date(Int(number)), at: instant(day: Int(number)),
      ["EUR/USD": "1.\(number)", "EUR/JPY": "2.\(number)"],
      vanished: number == 3 ? ["EUR/GBP"] : [])
    changeset.publication = Publication(
      number: number, source: SourceName("ecb"), valueDate: date(Int(number)),
      firstSeen: instant(day: Int(number)), lastSeen: instant(day: Int(number)),
      bodyHash: "hash", headlines: [Headline(title: "Steady", link: nil)])
    return changeset
  }
}

/// A changeset with an alert that fires on day 2, the event of its firing and a later one.
package func firedAlert() throws -> Changeset {
  let data = JSONValue.object([.init("alert_id", .string("alert-1"))])
  var changeset = Changeset()
  changeset.fired = [
    AlertRecord(
      id: "alert-1", key: AlertKey(rule: "moved", series: try series("ecb", "EUR/USD")),
      kind: .state, severity: .info, firedAt: instant(day: 2), resolvedAt: nil,
      data: JSONText(data))
  ]
  changeset.events = [
    OutboxEvent(
      sequence: 1,
      notification: Notification(
        id: "event-1", type: .alertFiring, timestamp: instant(day: 2), data: data),
      orderingKey: "ecb EUR/USD", recipients: ["ops"]),
    event(2, at: instant(day: 3), to: ["ops"]),
  ]
  return changeset
}
