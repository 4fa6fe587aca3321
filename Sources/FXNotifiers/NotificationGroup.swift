import FXCore

extension Notification {
  /// The characters of a summary before the identifier of its event.
  private static let maximumSummary = 160

  /// Returns one notification for people that stands for those of a shipment, the most severe first;
  /// its only one as it is.
  ///
  /// Never sent as a payload: chat services show its title, its summary and an entry for each event.
  static func group(_ shipment: Shipment) -> Notification? {
    guard let first = shipment.notifications.first else { return nil }
    guard shipment.notifications.count > 1 else { return first }
    let ordered = shipment.notifications.enumerated().sorted { one, other in
      one.element.severity == other.element.severity
        ? one.offset < other.offset : one.element.severity > other.element.severity
    }.map(\.element)
    let sources = Set(ordered.compactMap { $0["source"] })
    let place = sources.count == 1 ? sources.first.map { " at \($0)" } ?? "" : ""
    let entries = ordered.map { notification in
      let text = NotificationText(notification: notification)
      return JSONValue.texts([
        ("about", text.title),
        ("summary", "\(text.summary.cut(to: maximumSummary)) (\(notification.id))"),
        ("timestamp", notification.timestamp.description),
      ])
    }
    return Notification(
      id: shipment.id, type: .digest, timestamp: first.timestamp,
      data: .object([
        .init("severity", .string(ordered[0].severity.rawValue)),
        .init("title", .string("\(ordered.count) events\(place)")),
        .init("summary", .string(counts(of: ordered))),
        .init("entries", .array(entries)),
      ]))
  }

  /// Such as `3 alerts fired, 1 was resolved`.
  private static func counts(of notifications: [Notification]) -> String {
    let fired = notifications.count { $0.type == .alertFiring }
    let resolved = notifications.count { $0.type == .alertResolved }
    let others = notifications.count - fired - resolved
    var parts: [String] = []
    if fired > 0 { parts.append("\(PluralText.text(fired, "alert")) fired") }
    if resolved > 0 { parts.append("\(resolved) \(resolved == 1 ? "was" : "were") resolved") }
    if others > 0 { parts.append(PluralText.text(others, "other event")) }
    return parts.joined(separator: ", ")
  }
}
