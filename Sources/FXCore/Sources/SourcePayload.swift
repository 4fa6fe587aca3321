/// The `data` of `source.down`, `source.recovered`, `source.stale` and `source.late`.
struct SourcePayload {
  /// The `source` of an event about the network.
  static let network = "network"

  let source: String
  let severity: Severity
  let summary: String
  var reason: String?
  let since: Timestamp?
  var failures = 0

  /// The object that receivers read.
  var data: JSONValue {
    .object([
      .init("version", .integer(Notification.version)),
      .init("source", .string(source)),
      .init("severity", .string(severity.rawValue)),
      .init("summary", .string(summary)),
      .init("reason", .optional(reason)),
      .init("since", .optional(since?.description)),
      .init("failures", .integer(failures)),
    ])
  }
}
