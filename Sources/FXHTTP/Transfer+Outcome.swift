import CCurl
import FXCore

extension Transfer {
  /// What came of the hop, given libcurl's verdict on it.
  func outcome(_ code: CURLcode) -> Result<Answer, HTTPFailure> {
    guard code == CURLE_OK else { return .failure(failure(code)) }
    var status = 0
    fx_easy_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
    return .success(Answer(status: status, headers: head.fields, body: body))
  }

  /// The failure behind a code, in words that hold nothing of the address but its origin.
  private func failure(_ code: CURLcode) -> HTTPFailure {
    if let stopped { return stopped }
    guard let hop else { return .cancelled }
    if let refused, !hasOpenedSocket || code == CURLE_ABORTED_BY_CALLBACK {
      return .privateAddress(address: "\(refused)")
    }
    switch code {
    case CURLE_URL_MALFORMAT:
      return .unusableURL(reason: "libcurl cannot open it")
    case CURLE_COULDNT_RESOLVE_HOST:
      return .unresolvable(host: hop.address.host)
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_NO_CONNECTION_AVAILABLE:
      return .connectionFailed(reason: "\(hop.address.origin): \(connectionProblem)")
    case CURLE_OPERATION_TIMEDOUT:
      return .timedOut(after: passedTimeout(of: hop.request))
    case CURLE_FILESIZE_EXCEEDED:
      return .bodyTooLarge(limit: hop.request.maximumBodyBytes)
    case CURLE_SSL_CACERT_BADFILE:
      return .tls(reason: "the file of certificate authorities cannot be read as PEM")
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
      return .tls(reason: "\(hop.address.origin): \(tlsProblem(code))")
    default:
      return .broken(reason: "\(hop.address.origin): \(Self.protocolProblem(code))")
    }
  }

  private var connectionProblem: String {
    var number = 0
    fx_easy_get_long(easy, CURLINFO_OS_ERRNO, &number)
    guard number != 0, let text = fx_error_text(Int32(truncatingIfNeeded: number)) else {
      return "no connection could be made"
    }
    return String(cString: text).lowercased()
  }

  /// The connection's time has run out if no request could be sent within it.
  private func passedTimeout(of request: HTTPRequest) -> Duration {
    var microseconds: curl_off_t = 0
    fx_easy_get_offset(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds)
    let isConnected = microseconds > 0
    return isConnected ? request.totalTimeout : min(request.connectTimeout, request.totalTimeout)
  }

  /// OpenSSL's words where there are any: they speak of certificates and versions, not of requests.
  private func tlsProblem(_ code: CURLcode) -> String {
    let text = errorText.pointee == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText)
    let scalars = text.map { String(cString: $0).unicodeScalars } ?? "".unicodeScalars
    return String(String.UnicodeScalarView(scalars.filter { (0x20...0x7e).contains($0.value) }))
  }

  private static func protocolProblem(_ code: CURLcode) -> String {
    switch code {
    case CURLE_GOT_NOTHING: "the server closed the connection without an answer"
    case CURLE_PARTIAL_FILE: "the server closed the connection before the whole body had come"
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR: "the connection broke off"
    // The unsupported protocol is HTTP/0.9, an answer without a head: the URL's was judged before.
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      "what the server sent is not HTTP"
    case CURLE_BAD_CONTENT_ENCODING: "the body's compression is damaged or unknown"
    default: curl_easy_strerror(code).map { String(cString: $0).lowercased() } ?? "it failed"
    }
  }
}
