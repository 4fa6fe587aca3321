import FXCore

/// Sends mail through the administrator's mail server: one message for each shipment.
struct EmailNotifier: Notifier {
  /// The most recipients of one notifier; a mailing list serves more.
  private static let maximumRecipients = 50

  /// The default of `timeout`: the limit of one delivery attempt, and long enough for servers that
  /// delay their greeting against spam.
  private static let defaultTimeout = Duration.seconds(15)

  static let kind = NotifierKind(
    name: "email", canBatch: true, canGroup: true, atOnce: 1
  ) { section, context in
    let security = section.choice("tls", MailRequest.Security.self) ?? .startTLS
    let server = server(section, security)
    let from = section.requiredString("from", because: "write the sender's address")
      .flatMap { address($0, at: section.node("from")?.mark, "from", section) }
    let to = recipients(section)
    let user = section.string("user")
    var password: Secret?
    if let user {
      if user.isEmpty || user.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
        section.problem("user", "\(user.quoted) is not a user name; remove control characters")
      }
      password = context.requiredSecret(
        "password", of: section, because: "write {credential: NAME} of the user's password")
      if security == .none {
        section.problem(
          "tls",
          "a password is never sent without encryption; write starttls or implicit, or remove 'user'"
        )
      }
    } else if section.node("password") != nil {
      section.problem(nil, "'user' is missing; write the user name that belongs to the password")
    }
    let timeout = section.duration("timeout", minimum: .seconds(1)) ?? defaultTimeout
    let authoritiesFile = section.string("ca_file")
    let name = helo(section) ?? from.map { String($0.drop { $0 != "@" }.dropFirst()) }
    guard let server, let from, !to.isEmpty, user == nil || password != nil else { return nil }
    var mail = MailRequest(
      host: server.host, port: server.port, security: security, sender: from, recipients: to)
    mail.helo = name.flatMap { isName($0) ? $0 : nil }
    mail.user = user
    mail.password = password
    mail.totalTimeout = timeout
    mail.connectTimeout = timeout
    mail.authoritiesFile = authoritiesFile
    return EmailNotifier(
      envelope: mail, redaction: Redaction([password].compactMap(\.self)), transport: context.mail)
  }

  /// The request without its message.
  let envelope: MailRequest

  /// The redaction of the server's replies.
  let redaction: Redaction

  let transport: any MailTransport

  /// Sends the shipment; if a server rejects some recipients permanently, the others still get it.
  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var mail = envelope
    mail.message = MailMessage(shipment, from: mail.sender, to: mail.recipients).bytes
    var outcome = await attempt(mail)
    if case .refused = outcome, mail.recipients.count > 1 {
      mail.toleratesRefusals = true
      outcome = await attempt(mail)
    }
    return outcome.redacted(by: redaction)
  }

  private func attempt(_ mail: MailRequest) async -> DeliveryOutcome {
    do throws(MailFailure) {
      let receipt = try await transport.send(mail)
      let detail = "\(shown(receipt.reply)) in \(receipt.duration.milliseconds) ms"
      guard let first = receipt.refusals.first else { return .delivered(detail: detail) }
      return .delivered(
        detail: "\(detail), but not to \(receipt.refusals.count) of \(mail.recipients.count)"
          + " recipients: \(shown(first))")
    } catch {
      return outcome(of: error)
    }
  }

  /// Returns the outcome of a failure: 5xx is permanent (RFC 5321 section 4.2.1), except for a
  /// rejected password, which the administrator can correct.
  private func outcome(of failure: MailFailure) -> DeliveryOutcome {
    switch failure {
    case .unusable(let reason): .refused(because: "the message cannot be sent: \(reason)")
    case .unresolvable(let host): .retry(because: "cannot resolve \(host)")
    case .connectionFailed(let reason): .retry(because: "cannot connect: \(reason)")
    case .timedOut:
      .retry(
        because: "not accepted within \(DurationText.text(envelope.totalTimeout))", slowDown: true)
    case .tls(let reason): .retry(because: "no secure connection: \(reason)")
    case .signInRefused(let reply):
      .retry(
        because: "the server rejected the user name or the password"
          + (reply.map { " (SMTP \($0.code))" } ?? ""))
    case .refused(let reply)
    where reply.code >= 500 && ![Self.signInNeeded, Self.notImplemented].contains(reply.code):
      .refused(because: shown(reply))
    case .refused(let reply): .retry(because: shown(reply), slowDown: reply.code == Self.tooBusy)
    case .broken(let reason): .retry(because: reason)
    case .cancelled: .retry(because: "fxwatch stopped before the server answered")
    }
  }

  /// RFC 4954 section 6: authentication required.
  private static let signInNeeded = 530

  /// RFC 5321 section 4.2.3: parameter not implemented; the reply to a name after HELO that the server
  /// does not like, which is corrected with `helo`.
  private static let notImplemented = 504

  /// RFC 5321 section 4.2.3: service not available; the reply of an overloaded server.
  private static let tooBusy = 421

  /// The shown part of a reply, in characters.
  private static let maximumReply = 200

  /// Returns a reply for display, without its text if that contains the password in any spelling.
  private func shown(_ reply: MailReply) -> String {
    let isOpen = redaction.redacted(reply.text) == reply.text
    let text = isOpen ? SanitizedText.line(reply.text, limit: Self.maximumReply) : ""
    return text.isEmpty ? "SMTP \(reply.code)" : "SMTP \(reply.code) \(text)"
  }

  // MARK: - Settings

  /// Reads `mail.example`, `mail.example:587` or `[2001:db8::1]:587`; returns nil after reporting a
  /// problem.
  private static func server(
    _ section: SettingsSection, _ security: MailRequest.Security
  ) -> (host: String, port: Int)? {
    let text = section.requiredString(
      "server", because: "write the mail server, such as mail.example:587")
    guard let text else { return nil }
    let isBracketed = text.hasPrefix("[")
    let end =
      isBracketed ? text.lastIndex(of: "]").map(text.index(after:)) : text.firstIndex(of: ":")
    let host = text[..<(end ?? text.endIndex)]
    let rest = text[host.endIndex...]
    let defaultPort =
      switch security {
      case .startTLS: 587
      case .implicit: 465
      case .none: 25
      }
    let port = rest.isEmpty ? defaultPort : rest.hasPrefix(":") ? Int(rest.dropFirst()) : nil
    let inner = isBracketed ? host.dropFirst().dropLast() : host
    let isHost =
      !inner.isEmpty
      && inner.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."):
          true
        case UInt8(ascii: "-"), UInt8(ascii: "_"): !isBracketed
        case UInt8(ascii: ":"): isBracketed
        default: false
        }
      }
    guard isHost, let port, (1...65_535).contains(port) else {
      section.problem(
        "server", "\(text.quoted) is not a mail server; write it like mail.example:587")
      return nil
    }
    return (String(host), port)
  }

  /// Reads `helo`; returns nil where it is absent, and after reporting a problem.
  private static func helo(_ section: SettingsSection) -> String? {
    guard let text = section.string("helo") else { return nil }
    if isName(text) { return text }
    section.problem(
      "helo", "\(text.quoted) is not the name of a machine; write it like fx.example.org")
    return nil
  }

  /// True for a name of letters, digits, hyphens and dots, or an address in brackets.
  private static func isName(_ text: String) -> Bool {
    let inner = text.hasPrefix("[") && text.hasSuffix("]") ? text.dropFirst().dropLast() : text[...]
    return (1...255).contains(inner.utf8.count)
      && inner.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
          true
        case UInt8(ascii: ":"): inner.count != text.count
        default: false
        }
      }
  }

  private static func recipients(_ section: SettingsSection) -> [String] {
    guard let written = section.strings("to") else {
      if section.node("to") == nil {
        section.problem(nil, "'to' is missing; write an address, or a list of them")
      }
      return []
    }
    if written.isEmpty { section.problem("to", "the list is empty; write an address") }
    if written.count > maximumRecipients {
      section.problem(
        "to",
        "\(written.count) recipients are too many; write at most \(maximumRecipients), or use a "
          + "mailing list")
    }
    return written.compactMap { address($0.text, at: $0.mark, "to", section) }
  }

  /// Returns an address that needs no quoting, as every server accepts it; nil after reporting a
  /// problem.
  private static func address(
    _ text: String, at mark: SettingsMark?, _ key: String, _ section: SettingsSection
  ) -> String? {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isAddress =
      parts.count == 2 && !parts[0].isEmpty && !parts[1].isEmpty && text.utf8.count <= 254
      && text.utf8.allSatisfy { byte in
        (0x21...0x7E).contains(byte) && !"\"(),:;<>[\\]".utf8.contains(byte)
      }
    guard !isAddress else { return text }
    section.problem(
      key, at: mark ?? section.mark,
      "\(text.quoted) is not a plain address; write it like ops@example.org")
    return nil
  }
}
