import FXCore

/// Tells by mail through a mail server of the administrator's: one message an event, or one for all
/// events of a moment.
struct EmailNotifier: Notifier {
  /// Recipients of one notifier; for more there are mailing lists.
  private static let maximumRecipients = 50

  /// Longer and the table of deliveries would not hold; shorter and a server that greets slowly, to
  /// unsettle spammers, would never get a word.
  private static let defaultTimeout = Duration.seconds(15)

  static let kind = NotifierKind(
    name: "email", canBatch: true, batchesByDefault: true, atOnce: 1
  ) { section, context in
    let security = section.choice("tls", MailRequest.Security.self) ?? .startTLS
    let server = server(section, security)
    let from = section.requiredString("from", because: "write the address mails come from")
      .flatMap { address($0, at: section.node("from")?.mark, "from", section) }
    let to = recipients(section)
    let user = section.string("user")
    var password: Secret?
    if let user {
      if user.isEmpty || user.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
        section.problem("user", "\(user.quoted) cannot be a user's name")
      }
      password = context.requiredSecret(
        "password", of: section, because: "write {credential: NAME} of the user's password")
      if security == .none {
        section.problem(
          "tls",
          "a password is never sent in the clear; write starttls or implicit, or leave user out")
      }
    } else if section.node("password") != nil {
      section.problem(nil, "'user' is missing; write who signs in with the password")
    }
    let timeout = section.duration("timeout", minimum: .seconds(1)) ?? defaultTimeout
    let authoritiesFile = section.string("ca_file")
    guard let server, let from, !to.isEmpty, user == nil || password != nil else { return nil }
    var mail = MailRequest(
      host: server.host, port: server.port, security: security, sender: from, recipients: to)
    mail.user = user
    mail.password = password
    mail.totalTimeout = timeout
    mail.connectTimeout = timeout
    mail.authoritiesFile = authoritiesFile
    return EmailNotifier(envelope: mail, transport: context.mail)
  }

  /// Everything but the message.
  let envelope: MailRequest
  let transport: any MailTransport

  /// Where a server refuses some recipients for good, the others get the message all the same.
  func deliver(_ shipment: Shipment) async -> DeliveryOutcome {
    var mail = envelope
    mail.message = MailMessage(shipment, from: mail.sender, to: mail.recipients).bytes
    var outcome = await attempt(mail)
    if case .refused = outcome, mail.recipients.count > 1 {
      mail.toleratesRefusals = true
      outcome = await attempt(mail)
    }
    return outcome
  }

  private func attempt(_ mail: MailRequest) async -> DeliveryOutcome {
    do throws(MailFailure) {
      let receipt = try await transport.send(mail)
      let took = "\(shown(receipt.reply)) in \(receipt.duration.milliseconds) ms"
      guard let first = receipt.refusals.first else { return .delivered(detail: took) }
      return .delivered(
        detail: "\(took), but not to \(receipt.refusals.count) of \(mail.recipients.count)"
          + " recipients: \(shown(first))")
    } catch {
      return outcome(of: error)
    }
  }

  /// What prevented the message: 5xx is a refusal for good (RFC 5321 section 4.2.1), unless it is of
  /// the password, which is corrected without another message.
  private func outcome(of failure: MailFailure) -> DeliveryOutcome {
    switch failure {
    case .unusable(let reason): .refused(because: "the message cannot be sent: \(reason)")
    case .unresolvable(let host): .retry(because: "no address is known for \(host)")
    case .connectionFailed(let reason): .retry(because: "cannot connect: \(reason)")
    case .timedOut:
      .retry(
        because: "not taken within \(DurationText.text(envelope.totalTimeout))", slowDown: true)
    case .tls(let reason): .retry(because: "no secure connection: \(reason)")
    case .signInRefused(let reply):
      .retry(
        because: "the server does not take the user and the password"
          + (reply.map { " (SMTP \($0.code))" } ?? ""))
    case .refused(let reply) where reply.code >= 500 && reply.code != Self.signInNeeded:
      .refused(because: shown(reply))
    case .refused(let reply): .retry(because: shown(reply), slowDown: reply.code == Self.tooBusy)
    case .broken(let reason): .retry(because: reason)
    case .cancelled: .retry(because: "fxwatch stopped before the server answered")
    }
  }

  /// RFC 4954 section 6: authentication required.
  private static let signInNeeded = 530

  /// RFC 5321 section 4.2.3: service not available, closing; what overloaded servers say.
  private static let tooBusy = 421

  /// How much of a reply an administrator is shown, in characters.
  private static let maximumReply = 200

  /// A reply as it may be shown: without its text where that holds the password.
  private func shown(_ reply: MailReply) -> String {
    let password = envelope.password?.reveal() ?? ""
    let isOpen = password.isEmpty || !reply.text.contains(password)
    let text = isOpen ? SanitizedText.line(reply.text, limit: Self.maximumReply) : ""
    return text.isEmpty ? "SMTP \(reply.code)" : "SMTP \(reply.code) \(text)"
  }

  // MARK: - Settings

  /// `mail.example`, `mail.example:587` or `[2001:db8::1]:587`; nil where it is none, which has been
  /// reported.
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
    let usual =
      switch security {
      case .startTLS: 587
      case .implicit: 465
      case .none: 25
      }
    let port = rest.isEmpty ? usual : rest.hasPrefix(":") ? Int(rest.dropFirst()) : nil
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
        "\(written.count) recipients are too many; at most \(maximumRecipients), or a mailing list")
    }
    return written.compactMap { address($0.text, at: $0.mark, "to", section) }
  }

  /// An address that needs no quoting, which every server takes; nil otherwise, which has been
  /// reported.
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
