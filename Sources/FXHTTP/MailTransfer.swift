import CCurl
import FXCore

/// The continuation that receives a mail transfer's outcome.
typealias MailContinuation = CheckedContinuation<Result<MailReceipt, MailFailure>, Never>

/// A libcurl easy handle that sends one message to a mail server.
///
/// It is used once: mails are rare, and libcurl keeps the connection after the handle is gone. Not
/// Sendable: it is isolated to the transport, and libcurl calls back only during the transport's
/// calls.
final class MailTransfer: Transfer {
  let easy: EasyHandle
  private let mail: MailRequest
  private let start = SuspendingClock.now
  private var continuation: MailContinuation?
  private var recipients: UnsafeMutablePointer<curl_slist>?

  /// The number of bytes of the message sent so far.
  private var sent = 0

  /// The server's replies so far.
  private var replies = MailReplies()

  /// Creates a transfer of a message; nil if memory is exhausted or libcurl lacks a required option.
  init?(_ mail: MailRequest, authorities: String?) {
    guard let easy = EasyHandle(authorities: authorities) else { return nil }
    self.easy = easy
    self.mail = mail
  }

  deinit {
    curl_slist_free_all(recipients)
  }

  /// Prepares the handle; returns false if libcurl rejects an option.
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
      // libcurl introduces itself with the path.
      easy.set(
        CURLOPT_URL, string: "\(scheme)://\(mail.host):\(mail.port)/\(mail.helo ?? "")"),
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

  func end(_ end: TransferEnd) {
    switch end {
    case .finished(let code): continuation?.resume(returning: outcome(code))
    case .cancelled: continuation?.resume(returning: .failure(.cancelled))
    case .rejected:
      continuation?.resume(
        returning: .failure(.connectionFailed(reason: "libcurl rejects the message")))
    }
    continuation = nil
  }

  // MARK: - Callbacks

  /// Copies the next piece of the message to a buffer and returns its size.
  fileprivate func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = mail.message[sent...].prefix(buffer.count)
    buffer.copyBytes(from: piece)
    sent += piece.count
    return piece.count
  }

  fileprivate func append(line: UnsafeRawBufferPointer) -> Bool { replies.append(line: line) }

  // MARK: - Outcome

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
      return .tls(reason: "cannot read the file of certificate authorities as PEM")
    case CURLE_USE_SSL_FAILED: return .tls(reason: "\(server) does not offer STARTTLS")
    case _ where code.isOfTLS: return .tls(reason: "\(server): \(easy.tlsProblem(code))")
    case CURLE_LOGIN_DENIED: return .signInRefused(replies.refusal)
    default:
      if let refusal = replies.refusal { return .refused(refusal) }
      return .broken(
        reason: replies.last == nil
          ? "\(server): the server does not speak SMTP"
          : "\(server): the connection was lost")
    }
  }
}

/// Returns the transfer of a pointer given to libcurl, which lives as long as its easy handle.
private func transfer(_ pointer: UnsafeMutableRawPointer?) -> MailTransfer? {
  pointer.map { Unmanaged<MailTransfer>.fromOpaque($0).takeUnretainedValue() }
}

/// CURLOPT_READFUNCTION: provides the next piece of the message.
private let messageCallback: curl_read_callback = { buffer, size, count, pointer in
  guard let transfer = transfer(pointer), let buffer else { return Int(CURL_READFUNC_ABORT) }
  return transfer.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

/// CURLOPT_HEADERFUNCTION: receives one line of a reply.
private let replyCallback: curl_write_callback = { bytes, size, count, pointer in
  guard let transfer = transfer(pointer), let bytes else { return 0 }
  let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
  return transfer.append(line: line) ? line.count : 0
}
