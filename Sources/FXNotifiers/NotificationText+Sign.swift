import FXCore

extension NotificationText {
  /// One character for the severity, or for an end.
  var sign: String {
    switch (notification.type, notification.severity) {
    case (.alertResolved, _), (.sourceRecovered, _): "✅"
    case (_, .critical): "🔴"
    case (_, .warning): "🟠"
    case (_, .notice): "🔵"
    case (_, .info): "⚪️"
    }
  }

  /// The sign and the title, the summary, and a line for each fact.
  var lines: [String] {
    (["\(sign) \(title)", summary] + factsWithEntries.map { "\($0.name): \($0.value)" })
      .filter { !$0.isEmpty }
  }

  /// True for the end of an alert or of an outage.
  var isEnd: Bool { [.alertResolved, .sourceRecovered].contains(notification.type) }
}

extension Severity {
  /// The colour of a bar beside a message, as 0xRRGGBB.
  var color: Int {
    switch self {
    case .critical: 0xC0_392B
    case .warning: 0xE6_7E22
    case .notice: 0x29_80B9
    case .info: 0x7F_8C8D
    }
  }

  /// The same as `#rrggbb`.
  var hexColor: String {
    let digits = String(color, radix: 16)
    return "#" + String(repeating: "0", count: 6 - digits.count) + digits
  }
}
