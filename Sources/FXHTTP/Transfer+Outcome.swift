import CCurl
import FXCore

extension Transfer {
  /// What came of the hop, given libcurl's verdict on it.
  func outcome(_ code: CURLcode) -> Result<Answer, HTTPFailure> {
    guard code == CURLE_OK else { return .failure(failure(code)) }
    return .success(
      Answer(status: easy.number(CURLINFO_RESPONSE_CODE), headers: head.fields, body: body))
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
      return .connectionFailed(reason: "\(hop.address.origin): \(easy.connectionProblem)")
    case CURLE_OPERATION_TIMEDOUT:
      return .timedOut(after: passedTimeout(of: hop.request))
    case CURLE_FILESIZE_EXCEEDED:
      return .bodyTooLarge(limit: hop.request.maximumBodyBytes)
    case CURLE_SSL_CACERT_BADFILE:
      return .tls(reason: "the file of certificate authorities cannot be read as PEM")
    case _ where code.isOfTLS:
      return .tls(reason: "\(hop.address.origin): \(easy.tlsProblem(code))")
    default:
      return .broken(reason: "\(hop.address.origin): \(Self.protocolProblem(code))")
    }
  }

  /// The connection's time has run out if no request could be sent within it.
  private func passedTimeout(of request: HTTPRequest) -> Duration {
    let isConnected = easy.offset(CURLINFO_PRETRANSFER_TIME_T) ?? 0 > 0
    return isConnected ? request.totalTimeout : min(request.connectTimeout, request.totalTimeout)
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
