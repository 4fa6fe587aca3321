import FXCore

/// A mail with the events of a shipment, as plain text and HTML; the same bytes on every attempt.
///
/// Text from a page, a label or a server cannot end a header line or add HTML: each is sanitized to
/// one line and encoded or escaped.
struct MailMessage {
  /// The longest subject in UTF-16 code units; mail programs show less.
  private static let maximumSubject = 150

  private let shipment: Shipment
  private let sender: String
  private let recipients: [String]
  private let texts: [NotificationText]

  /// Creates a mail for a shipment.
  init(_ shipment: Shipment, from sender: String, to recipients: [String]) {
    self.shipment = shipment
    self.sender = sender
    self.recipients = recipients
    texts = shipment.notifications.map(NotificationText.init)
  }

  /// The message with its header (RFC 5322, MIME by RFC 2045 and 2046).
  var bytes: [UInt8] {
    // No line of the parts contains `=_`.
    let boundary = "=_\(MailHeader.word(shipment.id))"
    var lines = headers(boundary: boundary).map { MailHeader.line($0.0, $0.1) }
    for (type, text) in [("plain", plain), ("html", html)] {
      lines += [
        "", "--\(boundary)", "Content-Type: text/\(type); charset=utf-8",
        "Content-Transfer-Encoding: quoted-printable", "",
      ]
      lines += QuotedPrintable.lines(of: text)
    }
    lines += ["", "--\(boundary)--"]
    return lines.flatMap { Array("\($0)\r\n".utf8) }
  }

  private func headers(boundary: String) -> [(String, String)] {
    let moment = shipment.notifications.map(\.timestamp).max() ?? shipment.attemptedAt
    var headers = [
      ("Date", moment.mailDate),
      ("From", "fxwatch <\(sender)>"),
      ("To", recipients.joined(separator: ", ")),
      ("Subject", MailHeader.encoded(subject)),
      ("Message-ID", reference(shipment.id)),
    ]
    // Mail programs show the messages of one alert as a thread.
    if shipment.notifications.count == 1, let alert = shipment.notifications[0]["alert_id"] {
      headers.append(("References", reference(alert)))
    }
    headers += [
      // RFC 3834: suppresses automatic replies.
      ("Auto-Submitted", "auto-generated"),
      ("MIME-Version", "1.0"),
      ("Content-Type", "multipart/alternative; boundary=\"\(boundary)\""),
    ]
    return headers
  }

  private func reference(_ id: String) -> String {
    "<\(MailHeader.word(id))@\(sender.split(separator: "@").last.map(String.init) ?? "fxwatch")>"
  }

  private var subject: String {
    guard let first = texts.first else { return "fxwatch" }
    let severity = shipment.notifications.map(\.severity).max() ?? .notice
    let what = texts.count == 1 ? first.title : "\(texts.count) events, first: \(first.title)"
    return "[\(severity.rawValue)] \(what)".cut(to: Self.maximumSubject)
  }

  // MARK: - The two bodies

  private var plain: [String] {
    var lines: [String] = []
    for text in texts {
      lines.append(text.title)
      if !text.summary.isEmpty { lines.append(text.summary) }
      lines.append("")
      for fact in text.facts { lines.append("\(fact.name): \(fact.value)") }
      if let chart = MailChart(of: text.notification) { lines += ["", chart.text] }
      for item in items(of: text) { lines.append("- \(item)") }
      lines += ["", ""]
    }
    return lines + ["-- ", Self.signature]
  }

  private var html: [String] {
    var lines = [
      "<!DOCTYPE html>", "<html><head><meta charset=\"utf-8\"></head>",
      "<body style=\"font-family: sans-serif\">",
    ]
    for text in texts {
      lines.append("<h3>\(HTMLEscape.text(text.title))</h3>")
      if !text.summary.isEmpty { lines.append("<p>\(HTMLEscape.text(text.summary))</p>") }
      lines.append("<table cellpadding=\"3\">")
      for fact in text.facts {
        let (name, value) = (HTMLEscape.text(fact.name), HTMLEscape.text(fact.value))
        lines.append("<tr><td>\(name)</td><td><b>\(value)</b></td></tr>")
      }
      lines.append("</table>")
      if let chart = MailChart(of: text.notification) { lines += chart.html }
      let items = items(of: text)
      guard !items.isEmpty else { continue }
      lines.append("<ul>")
      for item in items { lines.append("<li>\(HTMLEscape.text(item))</li>") }
      lines.append("</ul>")
    }
    return lines + ["<p style=\"color: #777\">\(Self.signature)</p>", "</body></html>"]
  }

  /// Returns the time and summary of each event of a digest.
  private func items(of text: NotificationText) -> [String] {
    let data = text.notification.data
    return (data["entries"]?.elements ?? []).map { event in
      let words = [event["timestamp"]?.text, event["summary"]?.text ?? event["about"]?.text]
      let state =
        switch event["still_holds"] {
        case .bool(true): " (still holds)"
        case .bool(false): " (over)"
        default: ""
        }
      return SanitizedText.line(words.compactMap(\.self).joined(separator: " ")) + state
    }
  }

  private static let signature = "fxwatch"
}
