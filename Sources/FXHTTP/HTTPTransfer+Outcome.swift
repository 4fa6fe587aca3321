import CCurl
import FXCore

extension HTTPTransfer {
  /// Returns the outcome of the exchange for libcurl's result code.
  func outcome(_ code: CURLcode) -> Result<ExchangeResponse, HTTPFailure> {
    guard code == CURLE_OK || isCutShort else { return .failure(failure(code)) }
    if let gzip, !gzip.isComplete, !isCutShort, gzip.hasBegun {
      return .failure(
        .broken(
          reason: "\(exchange?.address.origin ?? ""): the compressed body ends before its end"))
    }
    return .success(
      ExchangeResponse(
        status: easy.number(CURLINFO_RESPONSE_CODE), headers: head.fields, body: body))
  }

  /// Indicates whether the response came on an HTTP/2 connection, which other transfers can use at the
  /// same time.
  var usedHTTP2: Bool { easy.number(CURLINFO_HTTP_VERSION) == CURL_HTTP_VERSION_2_0 }

  /// Indicates whether a result code means that the server ended an HTTP/2 stream or connection, or
  /// one that was kept open.
  ///
  /// Then the request may be as good as any: the server restarts, limits the requests of a connection,
  /// or closed it as idle. libcurl itself repeats only some of these.
  func isLossOfSharedConnection(_ code: CURLcode) -> Bool {
    guard stopReason == nil, refusedAddress == nil, !isCutShort else { return false }
    switch code {
    case CURLE_HTTP2, CURLE_HTTP2_STREAM: return true
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE:
      return usedHTTP2
        || easy.number(CURLINFO_NUM_CONNECTS) == 0
        || (easy.number(CURLINFO_RESPONSE_CODE) == 0 && mayBeHTTP2(code))
    default: return false
    }
  }

  /// Indicates whether a connection that was lost before any head may be of HTTP/2, whose version libcurl
  /// reports only with a head.
  private func mayBeHTTP2(_ code: CURLcode) -> Bool {
    switch code {
    // Without a head, only HTTP/2 has this code.
    case CURLE_PARTIAL_FILE: true
    case CURLE_SEND_ERROR, CURLE_RECV_ERROR: exchange?.address.origin.hasPrefix("https:") ?? false
    default: false
    }
  }

  /// Returns the failure of a result code; its text contains only the origin of the URL.
  private func failure(_ code: CURLcode) -> HTTPFailure {
    if let stopReason { return stopReason }
    guard let exchange else { return .cancelled }
    if let refusedAddress, !hasOpenedSocket || code == CURLE_ABORTED_BY_CALLBACK {
      return .privateAddress(address: "\(refusedAddress)")
    }
    switch code {
    case CURLE_URL_MALFORMAT:
      return .unusableURL(reason: "libcurl cannot open it")
    case CURLE_COULDNT_RESOLVE_HOST:
      return .unresolvable(host: exchange.address.host)
    case CURLE_COULDNT_CONNECT, CURLE_INTERFACE_FAILED, CURLE_NO_CONNECTION_AVAILABLE:
      return .connectionFailed(reason: "\(exchange.address.origin): \(easy.connectionProblem)")
    case CURLE_OPERATION_TIMEDOUT:
      return .timedOut(after: exceededTimeout(of: exchange.request))
    case CURLE_FILESIZE_EXCEEDED:
      return .bodyTooLarge(limit: exchange.request.maximumBodyBytes)
    case CURLE_SSL_CACERT_BADFILE:
      return .tls(reason: "cannot read the file of certificate authorities as PEM")
    case _ where code.isOfTLS:
      return .tls(reason: "\(exchange.address.origin): \(easy.tlsProblem(code))")
    default:
      return .broken(reason: "\(exchange.address.origin): \(Self.protocolProblem(code))")
    }
  }

  /// Returns the timeout that was exceeded: that of connecting if no request was sent.
  private func exceededTimeout(of request: HTTPRequest) -> Duration {
    let isConnected = easy.offset(CURLINFO_PRETRANSFER_TIME_T) ?? 0 > 0
    return isConnected ? request.totalTimeout : min(request.connectTimeout, request.totalTimeout)
  }

  private static func protocolProblem(_ code: CURLcode) -> String {
    switch code {
    case CURLE_GOT_NOTHING: "the server closed the connection without a response"
    case CURLE_PARTIAL_FILE: "the server closed the connection before the end of the body"
    case CURLE_RECV_ERROR, CURLE_SEND_ERROR: "the connection was lost"
    // The unsupported protocol is HTTP/0.9, a response without a head: the URL's scheme was checked.
    case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_HTTP2, CURLE_HTTP2_STREAM:
      "the response is not HTTP"
    case CURLE_BAD_CONTENT_ENCODING: "the body's compression is invalid or unknown"
    default: curl_easy_strerror(code).map { String(cString: $0).lowercased() } ?? "it failed"
    }
  }
}
