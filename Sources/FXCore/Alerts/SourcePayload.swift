/// Builds the `data` of notifications about sources and endpoints.
enum SourcePayload {
  /// The data of `source.down` and its kin.
  static func data(
    _ source: SourceName, severity: Severity, summary: String, reason: String?,
    since: Timestamp?, failures: Int
  ) -> JSONValue {
    .object([
      .init("version", .integer(AlertPayload.version)),
      .init("source", .string(source.text)),
      .init("severity", .string(severity.rawValue)),
      .init("summary", .string(summary)),
      .init("reason", .optional(reason)),
      .init("since", .optional(since?.description)),
      .init("failures", .integer(failures)),
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
