/// Builds the `data` of `source.suspect`.
enum SuspectPayload {
  /// One finding of a guard.
  struct Finding {
    /// A series without its source, or a currency.
    let subject: String

    var series: Series?

    /// The pair of a row that has no series.
    var pair: CurrencyPair?

    let guardName: String
    let reason: String

    /// The suspect point, and the trusted rate before it; nil where there is none.
    var point: SeriesPoint?
    var last: Rate?
  }

  /// The largest number of findings listed in one event; the rest is counted.
  static let mostListed = 50

  /// The data of one event with at least one finding.
  static func data(
    _ findings: [Finding], on source: SourceName, severity: Severity
  ) -> JSONValue {
    let first = findings.first.map { "\($0.subject): \($0.reason)" } ?? ""
    let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
    return .object([
      .init("version", .integer(Notification.version)),
      .init("source", .string(source.text)),
      .init("severity", .string(severity.rawValue)),
      .init("summary", .string("\(source): \(first)\(more)")),
      .init("reason", .optional(findings.first?.reason)),
      .init("count", .integer(findings.count)),
      .init("suspects", .array(findings.prefix(mostListed).map(\.json))),
    ])
  }
}

extension SuspectPayload.Finding {
  /// A suspect observation.
  init(_ record: ObservationRecord, last: Rate?) {
    self.init(
      subject: Self.subject(of: record.series), series: record.series,
      guardName: record.suspicion?.guardName ?? "", reason: record.suspicion?.reason ?? "",
      point: record.point, last: last)
  }

  /// A withdrawn currency that is still published.
  init(retired currency: Currency) {
    self.init(
      subject: currency.code, guardName: RetiredCurrencies.name,
      reason: RetiredCurrencies.reason(of: currency))
  }

  /// A row that cannot be read.
  init(setAside row: SetAsideRow) {
    self.init(
      subject: row.subject, pair: row.pair, guardName: "unreadable",
      reason: "\(row.reason); the row is set aside")
  }

  /// An edition that another one has replaced.
  static let oldCopy = SuspectPayload.Finding(
    subject: "the page", guardName: "old-copy",
    reason: "an edition that was replaced within the last day is served again, as from a cache; it"
      + " is not a publication")

  /// Pairs that are ignored because there are too many.
  init(ignored pair: CurrencyPair, others: Int, because limit: String) {
    let ignored =
      others == 0 ? "it is ignored" : "it and \(PluralText.text(others, "other pair")) are ignored"
    self.init(subject: "\(pair)", guardName: "limit", reason: "\(ignored); \(limit)")
  }

  /// `USD/KGS`, with the side unless it is mid.
  private static func subject(of series: Series) -> String {
    series.side == .mid ? "\(series.pair)" : "\(series.pair) \(series.side.rawValue)"
  }

  fileprivate var json: JSONValue {
    .object([
      .init("guard", .string(guardName)),
      .init("reason", .string(reason)),
      .init("pair", .optional((series?.pair ?? pair)?.description)),
      .init("side", .optional(series?.side.rawValue)),
      .init("rate", .optional(point?.rate.perUnitText)),
      .init("nominal", point.map { .integer($0.rate.nominal) } ?? .null),
      .init("value_date", .optional(point?.valueDate?.description)),
      .init("last", .optional(last?.perUnitText)),
    ])
  }
}
