/// Reports the pairs that a publication no longer contains, and those that it contains again after a
/// long time.
struct ListingReport {
  private let source: SourceName
  private let known: SourceSeries
  private let rules: [Rule]

  /// The publication as the cause of the events.
  private let origin: ContentDigest

  /// The largest number of pairs listed in one event; the rest is counted.
  static let mostListed = 50

  /// The largest number of pairs named in a summary.
  private static let mostNamed = 3

  /// A report on a publication of a source, whose series are `known` as they were before it.
  init(of known: SourceSeries, _ rules: [Rule], origin: ContentDigest) {
    source = known.source.name
    self.known = known
    self.rules = rules
    self.origin = origin
  }

  /// Reports the series that the source no longer prints; their alerts keep their state.
  func reportVanished(_ vanished: [Series], in decision: DecisionBuilder) {
    guard !vanished.isEmpty else { return }
    let alerts = vanished.map { firingRules(on: $0) }
    let count = alerts.reduce(0) { $0 + $1.count }
    var summary = "\(source) no longer publishes \(names(vanished))"
    if count > 0 {
      summary +=
        "; \(PluralText.text(count, "alert")) \(count == 1 ? "keeps its" : "keep their") state"
    }
    let pairs = zip(vanished, alerts).prefix(Self.mostListed).map { json($0, alerts: $1) }
    let severity: Severity = count > 0 ? .warning : .notice
    decision.notify(
      .sourceVanished,
      .object([
        .init("version", .integer(Notification.version)),
        .init("source", .string(source.text)),
        .init("severity", .string(severity.rawValue)),
        .init("summary", .string(summary)),
        .init("count", .integer(vanished.count)),
        .init("pairs", .array(Array(pairs))),
      ]),
      orderingKey: "source \(source)", occurrence: .publication(origin))
  }

  /// Reports the series that the source prints again after a long time; shorter gaps are only logged.
  func reportReturned(_ returned: [ReadingDiff.Returned], in decision: DecisionBuilder) {
    for line in returned { decision.log(.listedAgain(line.series, since: line.disappearance.at)) }
    let notable = returned.filter { decision.now - $0.disappearance.at >= Disappearance.notable }
    guard let since = notable.map(\.disappearance.at).min() else { return }
    decision.notify(
      .sourceRecovered,
      SourcePayload(
        source: source.text, severity: .notice,
        summary:
          "\(source) publishes \(names(notable.map(\.series))) again, for the first time since"
          + " \(since.day)",
        since: since
      ).data,
      orderingKey: "source \(source)", occurrence: .publication(origin))
  }

  /// Returns the rules whose alerts fire on a series, sorted.
  private func firingRules(on series: Series) -> [String] {
    let alerts = known.table[SeriesKey(series)]?.rules.alerts ?? [:]
    return alerts.filter { $0.value.firing != nil }.map { rules[$0.key].name }.sorted()
  }

  /// Returns `EUR/USD`, `EUR/USD and GBP/USD`, or the first pairs and the number of the others.
  private func names(_ series: [Series]) -> String {
    var names = series.prefix(Self.mostNamed).map { series in
      series.side == .mid ? "\(series.pair)" : "\(series.pair) \(series.side.rawValue)"
    }
    if series.count > names.count {
      names.append(PluralText.text(series.count - names.count, "other pair"))
    }
    guard let last = names.popLast() else { return "" }
    return names.isEmpty ? last : names.joined(separator: ", ") + " and " + last
  }

  private func json(_ series: Series, alerts: [String]) -> JSONValue {
    let latest = known.table[SeriesKey(series)]?.latest
    return .object([
      .init("pair", .string(series.pair.description)),
      .init("side", .string(series.side.rawValue)),
      .init("rate", .optional(latest?.rate.perUnitText)),
      .init("value_date", .optional(latest?.valueDate?.description)),
      .init("observed_at", .optional(latest?.firstSeen.description)),
      .init("alerts", .array(alerts.map { .string($0) })),
    ])
  }
}
