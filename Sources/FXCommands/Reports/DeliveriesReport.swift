package import FXCore

extension Report {
  /// Lists deliveries, one per row.
  ///
  /// An open one that is due waits behind an earlier event of its series, or for its receiver's pace.
  package static func deliveries(_ records: [DeliveryRecord], now: Timestamp) -> Report {
    Report(
      columns: [
        Column(name: "created"), Column(name: "event"), Column(name: "type"), Column(name: "about"),
        Column(name: "notifier"), Column(name: "state"), Column(name: "attempts", isRight: true),
        Column(name: "due"), Column(name: "last"),
      ],
      rows: records.map { record in
        [
          record.created.description, record.eventID, record.type.rawValue, record.orderingKey,
          record.notifier, record.state.rawValue, "\(record.attempts)",
          record.state == .open && record.due > now ? record.due.description : "",
          (record.state == .open && record.due <= now ? "waits for its turn; " : "")
            + (record.lastAttempt?.detail ?? "not attempted yet"),
        ]
      },
      json: .array(records.map { .object(members(of: $0)) }), ifEmpty: "no deliveries")
  }

  /// Shows the attempts to deliver one event; as JSON with its payload.
  static func delivery(
    of event: Notification, _ histories: [DeliveryHistory]
  ) -> Report {
    Report(
      columns: [
        Column(name: "notifier"), Column(name: "state"), Column(name: "attempt", isRight: true),
        Column(name: "at"), Column(name: "result"), Column(name: "detail"),
      ],
      rows: histories.flatMap { history in
        let place = [history.record.notifier, history.record.state.rawValue]
        return history.attempts.isEmpty
          ? [place + ["", "", "", "due \(history.record.due)"]]
          : history.attempts.map { attempt in
            place + [
              "\(attempt.number)", attempt.at.description, attempt.result.rawValue, attempt.detail,
            ]
          }
      },
      json: .object([
        .init("id", .string(event.id)),
        .init("type", .string(event.type.rawValue)),
        .init("timestamp", .string(event.timestamp.description)),
        .init("data", event.data),
        .init(
          "deliveries",
          .array(
            histories.map { history in
              .object(
                members(of: history.record) + [
                  .init("history", .array(history.attempts.map(json)))
                ])
            })),
      ]), ifEmpty: "\(event.id) has no recipients")
  }

  private static func members(of record: DeliveryRecord) -> [JSONValue.Member] {
    [
      .init("event", .string(record.eventID)),
      .init("type", .string(record.type.rawValue)),
      .init("about", .string(record.orderingKey)),
      .init("notifier", .string(record.notifier)),
      .init("state", .string(record.state.rawValue)),
      .init("created", .string(record.created.description)),
      .init("attempts", .integer(record.attempts)),
      .init("due", .optional(record.state == .open ? record.due.description : nil)),
      .init("last", record.lastAttempt.map(json) ?? .null),
    ]
  }

  private static func json(_ attempt: DeliveryAttempt) -> JSONValue {
    .object([
      .init("number", .integer(attempt.number)),
      .init("at", .string(attempt.at.description)),
      .init("result", .string(attempt.result.rawValue)),
      .init("detail", .string(attempt.detail)),
    ])
  }
}
