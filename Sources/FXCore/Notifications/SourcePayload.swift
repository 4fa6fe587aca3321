/// Builds the `data` of notifications about sources and endpoints.
enum SourcePayload {
  /// The data of `source.down` and its kin.
  static func data(
    _ source: String, severity: Severity, summary: String, reason: String?,
    since: Timestamp?, failures: Int
  ) -> JSONValue {
    .object([
      .init("version", .integer(AlertPayload.version)),
      .init("source", .string(source)),
      .init("severity", .string(severity.rawValue)),
      .init("summary", .string(summary)),
      .init("reason", .optional(reason)),
      .init("since", .optional(since?.description)),
      .init("failures", .integer(failures)),
    ])
  }

  /// One thing a guard found.
  struct Suspect {
    /// What it found it on: a series without its source, or a currency.
    let subject: String

    var series: Series?
    let guardName: String
    let reason: String

    /// The figure, and the trusted one before it; nil where there is none.
    var point: SeriesPoint?
    var last: Rate?
  }

  /// The most findings listed in one event; the rest is counted.
  static let mostListed = 50

  /// The data of `source.suspect`; one finding or more.
  static func suspects(
    _ suspects: [Suspect], on source: SourceName, severity: Severity
  ) -> JSONValue {
    let first = suspects.first.map { "\($0.subject): \($0.reason)" } ?? ""
    let more = suspects.count > 1 ? " (and \(suspects.count - 1) more)" : ""
    return .object([
      .init("version", .integer(AlertPayload.version)),
      .init("source", .string(source.text)),
      .init("severity", .string(severity.rawValue)),
      .init("summary", .string("\(source): \(first)\(more)")),
      .init("reason", .optional(suspects.first?.reason)),
      .init("count", .integer(suspects.count)),
      .init("suspects", .array(suspects.prefix(mostListed).map(\.json))),
    ])
  }

  /// The data of the `digest` that says an endpoint is not used any more.
  static func disabled(notifier: String, reason: String, waiting: Int) -> JSONValue {
    .object([
      .init("version", .integer(AlertPayload.version)),
      .init("notifier", .string(notifier)),
      .init("severity", .string(Severity.critical.rawValue)),
      .init(
        "summary",
        .string(
          "notifier '\(notifier)' is disabled: \(reason); \(waiting) of its events are kept as dead"
            + " letters; correct its settings and reload, or once it works again put them back with"
            + " 'fxwatch deliveries replay'")),
      .init("reason", .string(reason)),
    ])
  }
}

extension SourcePayload.Suspect {
  /// A suspect figure.
  init(_ record: ObservationRecord, last: Rate?) {
    self.init(
      subject: Self.subject(of: record.series), series: record.series,
      guardName: record.suspicion?.guardName ?? "", reason: record.suspicion?.reason ?? "",
      point: record.point, last: last)
  }

  /// `USD/KGS`, and the side where it is not mid.
  static func subject(of series: Series) -> String {
    series.side == .mid ? "\(series.pair)" : "\(series.pair) \(series.side.rawValue)"
  }

  fileprivate var json: JSONValue {
    .object([
      .init("guard", .string(guardName)),
      .init("reason", .string(reason)),
      .init("pair", .optional(series?.pair.description)),
      .init("side", .optional(series?.side.rawValue)),
      .init("rate", .optional(point?.rate.perUnitText)),
      .init("nominal", point.map { .integer($0.rate.nominal) } ?? .null),
      .init("value_date", .optional(point?.valueDate?.description)),
      .init("last", .optional(last?.perUnitText)),
    ])
  }
}
