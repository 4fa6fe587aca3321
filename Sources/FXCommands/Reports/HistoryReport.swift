package import FXCore

extension Report {
  /// Lists the history of a pair, one row per rate.
  ///
  /// The column of suspicions, and its members in JSON, exist only where a rate is suspect.
  package static func history(_ rows: [HistoryRow]) -> Report {
    let hasSuspects = rows.contains { $0.suspicion != nil }
    return Report(
      columns: [
        Column(name: "value date"), Column(name: "source"), Column(name: "pair"),
        Column(name: "side"), Column(name: "rate", isRight: true),
        Column(name: "printed", isRight: true), Column(name: "nominal", isRight: true),
        Column(name: "version", isRight: true),
        Column(name: "first seen"), Column(name: "last seen"),
      ] + (hasSuspects ? [Column(name: "suspect")] : []),
      rows: rows.map { row in
        [
          row.valueDate?.description ?? "", row.series.source.text, row.series.pair.description,
          row.series.side.rawValue, row.rate?.perUnitText ?? "suspended",
          row.rate?.printed.description ?? "",
          row.rate.map { String($0.nominal) } ?? "", String(row.version),
          row.firstSeen.description, row.lastSeen.description,
        ] + (hasSuspects ? [row.suspicion?.description ?? ""] : [])
      },
      json: .array(
        rows.map { row in
          let members: [JSONValue.Member] = [
            .init("source", .string(row.series.source.text)),
            .init("pair", .string(row.series.pair.description)),
            .init("side", .string(row.series.side.rawValue)),
            .init("rate", .optional(row.rate?.perUnitText)),
            .init("printed", .optional(row.rate?.printed.description)),
            .init("nominal", row.rate.map { .integer($0.nominal) } ?? .null),
            .init("value_date", .optional(row.valueDate?.description)),
            .init("first_seen", .string(row.firstSeen.description)),
            .init("last_seen", .string(row.lastSeen.description)),
            .init("version", .integer(row.version)),
            .init("published_change", .optional(row.publishedChange)),
          ]
          return .object(members + (row.suspicion?.members ?? []))
        }), ifEmpty: "no history")
  }
}

extension Suspicion {
  /// The members of a suspect rate in JSON.
  var members: [JSONValue.Member] {
    [.init("suspect", .bool(true)), .init("suspect_reason", .string(description))]
  }
}
