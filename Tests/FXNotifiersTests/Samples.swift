import FXCore

/// Notifications and shipments for the tests of this module.
enum Samples {
  /// 20 February 2026, 09:15:02.113 UTC.
  static let moment = Timestamp(milliseconds: 1_771_578_902_113)

  /// An alert with every field.
  static func alert(
    _ type: NotificationType = .alertFiring, severity: Severity = .warning,
    with more: [JSONValue.Member] = []
  ) -> FXCore.Notification {
    Notification(
      id: "evt_1", type: type, timestamp: moment,
      data: .object(
        more + [
          .init("version", .integer(1)), .init("alert_id", .string("a1")),
          .init("rule", .string("big-move")), .init("kind", .string("event")),
          .init("severity", .string(severity.rawValue)),
          .init("summary", .string("TJS/USD moved")), .init("source", .string("timesca")),
          .init("pair", .string("TJS/USD")), .init("base", .string("TJS")),
          .init("quote", .string("USD")), .init("side", .string("mid")),
          .init("rate", .string("0.10563")), .init("tick", .string("0.00001")),
          .init("nominal", .integer(1)), .init("value_date", .string("2026-02-20")),
          .init("observed_at", .string("2026-02-20T09:15:01.904Z")),
          .init(
            "previous",
            .object([
              .init("rate", .string("0.09168")), .init("value_date", .string("2025-03-24")),
            ])),
          .init(
            "change",
            .object([
              .init("percent", .string("15.22")), .init("low", .string("15.20")),
              .init("high", .string("15.23")), .init("absolute", .string("0.01395")),
              .init("ticks", .integer(1395)),
            ])),
          .init("published_change", .string("-0.09%")),
          .init("condition", .string("abs(change) > 1%")), .init("labels", .object([])),
          .init("headlines", .array([])),
        ]))
  }

  /// An event about a source.
  static func source(_ type: NotificationType) -> FXCore.Notification {
    Notification(
      id: "evt_2", type: type, timestamp: moment,
      data: .object([
        .init("version", .integer(1)), .init("source", .string("timesca")),
        .init("severity", .string("critical")), .init("summary", .string("no rates")),
        .init("reason", .string("HTTP 500")), .init("since", .string("2026-02-20T09:00:00.000Z")),
      ]))
  }

  /// A test event.
  static let ping = Notification(
    id: "evt_3", type: .testPing, timestamp: moment,
    data: .object([
      .init("version", .integer(1)), .init("notifier", .string("ops")),
      .init("summary", .string("a test")),
    ]))

  /// Returns a shipment of events.
  static func shipment(_ notifications: FXCore.Notification...) -> Shipment {
    Shipment(
      id: "msg_1", notifications: notifications, attemptedAt: moment + .milliseconds(500))
  }
}
