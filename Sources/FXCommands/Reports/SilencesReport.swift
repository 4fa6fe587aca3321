import FXCore

extension Report {
  /// Lists silences with their matchers.
  static func silences(_ silences: [Silence], now: Timestamp) -> Report {
    Report(
      columns: [
        Column(name: "id", isRight: true), Column(name: "state"), Column(name: "until"),
        Column(name: "matches"), Column(name: "author"), Column(name: "reason"),
      ],
      rows: silences.map { silence in
        [
          String(silence.id), state(silence.isActive(at: now), silence.ended),
          (silence.ended ?? silence.until).description,
          silence.matchers.map(\.description).joined(separator: " "), silence.author,
          silence.reason,
        ]
      },
      json: .array(
        silences.map { silence in
          .object([
            .init("id", .integer(silence.id)),
            .init("state", .string(state(silence.isActive(at: now), silence.ended))),
            .init("match", .array(silence.matchers.map { .string($0.description) })),
            .init("author", .string(silence.author)),
            .init("reason", .string(silence.reason)),
            .init("created", .string(silence.created.description)),
            .init("until", .string(silence.until.description)),
            .init("ended", .optional(silence.ended?.description)),
          ])
        }), ifEmpty: "no silences")
  }

  /// Lists acknowledgements with their alerts.
  static func acknowledgements(_ known: [Acknowledgement], now: Timestamp) -> Report {
    Report(
      columns: [
        Column(name: "id", isRight: true), Column(name: "state"), Column(name: "until"),
        Column(name: "alert"), Column(name: "author"), Column(name: "reason"),
      ],
      rows: known.map { known in
        [
          String(known.id), state(known.isActive(at: now), known.ended),
          (known.ended ?? known.until)?.description ?? "resolved", known.alertID, known.author,
          known.reason,
        ]
      },
      json: .array(
        known.map { known in
          .object([
            .init("id", .integer(known.id)),
            .init("state", .string(state(known.isActive(at: now), known.ended))),
            .init("alert_id", .string(known.alertID)),
            .init("author", .string(known.author)),
            .init("reason", .string(known.reason)),
            .init("created", .string(known.created.description)),
            .init("until", .optional(known.until?.description)),
            .init("ended", .optional(known.ended?.description)),
          ])
        }), ifEmpty: "no acknowledgements")
  }

  private static func state(_ isActive: Bool, _ ended: Timestamp?) -> String {
    isActive ? "active" : ended == nil ? "expired" : "ended"
  }
}
