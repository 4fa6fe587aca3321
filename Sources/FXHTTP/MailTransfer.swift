import CCurl
import FXCore

/// Where the end of a mail's transfer is told.
typealias MailContinuation = CheckedContinuation<Result<MailReceipt, MailFailure>, Never>

/// A libcurl easy handle that hands one message to a mail server.
///
/// Used once: mails are few, and libcurl keeps their connection beyond the handle. Not Sendable: it
/// belongs to the transport, whose isolation guards it, and libcurl calls back only from within the
/// calls the transport makes.
final class MailTransfer: Exchange {
  let easy: EasyHandle
  private let mail: MailRequest
  private let start = SuspendingClock.now
  private var continuation: MailContinuation?
  private var recipients: UnsafeMutablePointer<curl_slist>?

  /// How much of the message has been sent.
  private var sent = 0

  /// What the server said.
  private var replies = MailReplies()

  /// A transfer of that message; nil without memory, or when libcurl lacks something that safety
  /// depends on.
  init?(_ mail: MailRequest, authorities: String?) {
    guard let easy = EasyHandle(authorities: authorities) else { return nil }
    self.easy = easy
    self.mail = mail
  }

  deinit {
    curl_slist_free_all(recipients)
  }

  /// Prepares the handle; false when libcurl cannot take an option.
  func begin(continuation: MailContinuation) -> Bool {
    self.continuation = continuation
    for recipient in mail.recipients {
      guard let extended = curl_slist_append(recipients, recipient) else { return false }
      recipients = extended
    }
    let scheme = mail.security == .implicit ? "smtps" : "smtp"
    let security = mail.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL
    let me = Unmanaged.passUnretained(self).toOpaque()
    return [
      easy.set(CURLOPT_PROTOCOLS_STR, string: "smtp,smtps"),
      easy.set(CURLOPT_URL, string: "\(scheme)://\(mail.host):\(mail.port)"),
      easy.set(CURLOPT_USE_SSL, Int(security.rawValue)),
      easy.set(CURLOPT_USERNAME, string: mail.user),
      easy.set(CURLOPT_PASSWORD, string: mail.password?.reveal()),
      easy.set(CURLOPT_MAIL_FROM, string: mail.sender),
      easy.set(CURLOPT_MAIL_RCPT, pointer: recipients),
      easy.set(CURLOPT_MAIL_RCPT_ALLLOWFAILS, mail.toleratesRefusals ? 1 : 0),
      easy.set(CURLOPT_UPLOAD, 1),
      easy.set(CURLOPT_INFILESIZE_LARGE, offset: curl_off_t(mail.message.count)),
      easy.set(CURLOPT_READDATA, pointer: me),
      easy.set(CURLOPT_HEADERDATA, pointer: me),
      fx_easy_set_read(easy.pointer, messageCallback) == CURLE_OK,
      fx_easy_set_write(easy.pointer, CURLOPT_HEADERFUNCTION, replyCallback) == CURLE_OK,
      easy.setTimeouts(total: mail.totalTimeout, connect: mail.connectTimeout),
      easy.setAuthorities(file: mail.authoritiesFile),
    ].allSatisfy { $0 }
  }

  func ended(_ end: ExchangeEnd) {
    switch end {
    case .finished(let code): continuation?.resume(returning: outcome(code))
    case .cancelled: continuation?.resume(returning: .failure(.cancelled))
    case .notTaken:
      continuation?.resume(
        returning: .failure(.connectionFailed(reason: "libcurl does not take the message")))
    }
    continuation = nil
  }

  // MARK: - Callbacks

  /// Copies the next piece of the message to `room`, and gives its size.
  fileprivate func read(into room: UnsafeMutableRawBufferPointer) -> Int {
    let piece = mail.message[sent...].prefix(room.count)
    room.copyBytes(from: piece)
    sent += piece.count
    return piece.count
  }

  fileprivate func take(line: UnsafeRawBufferPointer) -> Bool { replies.take(line) }

  // MARK: - The end

  private func outcome(_ code: CURLcode) -> Result<MailReceipt, MailFailure> {
    guard code == CURLE_OK else { return .failure(failure(code)) }
    return .success(
      MailReceipt(
        reply: replies.last ?? MailReply(code: 250, text: ""),
        refusals: mail.toleratesRefusals ? replies.refusals : [],
        duration: SuspendingClock.now - start))
  }

  private func failure(_ code: CURLcode) -> MailFailure {
    let server = "\(mail.host):\(mail.port)"
    switch code {
    case CURLE_COULDNT_RESOLVE_HOST: return .unresolvable(host: mail.host)
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_NO_CONNECTION_AVAILABLE:
      return .connectionFailed(reason: "\(server): \(easy.connectionProblem)")
    case CURLE_OPERATION_TIMEDOUT: return .timedOut(after: SuspendingClock.now - start)
    case CURLE_SSL_CACERT_BADFILE:
      return .tls(reason: "the file of certificate authorities cannot be read as PEM")
    case CURLE_USE_SSL_FAILED: return .tls(reason: "\(server) offers no STARTTLS")
    case _ where code.isOfTLS: return .tls(reason: "\(server): \(easy.tlsProblem(code))")
    case CURLE_LOGIN_DENIED: return .signInRefused(replies.refusal)
    default:
      if let refusal = replies.refusal { return .refused(refusal) }
      return .broken(
        reason: replies.last == nil
          ? "\(server): what answers is no mail server"
          : "\(server): the connection broke off")
    }
  }
}

/// A mail server's replies, taken line by line.
///
/// Bounded: only the last ones and the first few refusals stay, each cut. Farewells are not among
/// them.
struct MailReplies {
  /// What is said to QUIT, which libcurl sends after a refusal too.
  private static let farewell = 221

  /// Bytes of a reply's line: RFC 5321 (4.5.3.1.5) allows 512.
  private static let longestLine = 512

  /// Refused recipients whose replies are kept.
  private static let mostRefusals = 100

  /// Lines of a conversation; one with a hundred recipients takes some 120.
  private static let mostLines = 1000

  /// The last line of the last reply.
  private(set) var last: MailReply?

  /// The last reply, where that is a refusal.
  private(set) var refusal: MailReply?

  /// The replies that can only be refusals of a recipient, where the message was taken.
  private(set) var refusals: [MailReply] = []

  private var lines = 0

  /// Takes one line; false where a server talks without end.
  mutating func take(_ line: UnsafeRawBufferPointer) -> Bool {
    lines += 1
    guard lines <= Self.mostLines else { return false }
    var text = String(decoding: line.prefix(Self.longestLine), as: UTF8.self)
    while text.last?.isWhitespace == true { text.removeLast() }
    guard let code = Int(text.prefix(3)), (200..<600).contains(code) else { return true }
    let rest = text.dropFirst(3)
    guard rest.first != "-" else { return true }
    let reply = MailReply(code: code, text: String(rest.drop { $0 == " " }))
    guard code != Self.farewell else { return true }
    last = reply
    refusal = code >= 400 ? reply : nil
    // RFC 5321 section 4.3.2: what can be said to RCPT, and what of it cannot be said to EHLO or
    // AUTH, which may fail one way and succeed another.
    if [450, 451, 452, 455, 550, 551, 552, 553, 555].contains(code),
      refusals.count < Self.mostRefusals
    {
      refusals.append(reply)
    }
    return true
  }
}

/// The transfer behind the pointer that was given to libcurl; it lives as long as its easy handle.
private func transfer(_ pointer: UnsafeMutableRawPointer?) -> MailTransfer? {
  pointer.map { Unmanaged<MailTransfer>.fromOpaque($0).takeUnretainedValue() }
}

/// CURLOPT_READFUNCTION: asks for the next piece of the message.
private let messageCallback: curl_read_callback = { room, size, count, pointer in
  guard let transfer = transfer(pointer), let room else { return Int(CURL_READFUNC_ABORT) }
  return transfer.read(into: UnsafeMutableRawBufferPointer(start: room, count: size * count))
}

/// CURLOPT_HEADERFUNCTION: takes one line of a reply.
private let replyCallback: curl_write_callback = { bytes, size, count, pointer in
  guard let transfer = transfer(pointer), let bytes else { return 0 }
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer.take(line: line) ? line.count : 0
}
