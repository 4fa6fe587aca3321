import CCurl
import FXCore

/// The continuation that receives an exchange's outcome.
typealias HTTPExchangeContinuation = CheckedContinuation<
  Result<ExchangeResponse, HTTPFailure>, Never
>

/// A libcurl easy handle and the exchange it performs, if any; reused for many exchanges.
///
/// Options common to all exchanges are set once; the others are set for each exchange unless they are
/// the same as before, so no option of an earlier exchange remains. Not Sendable: it is isolated to
/// the transport, and libcurl calls back only during the transport's calls. It has more than ten
/// properties: the handle, what its options were last set to, and the parts of a response.
final class HTTPTransfer: Transfer {
  let easy: EasyHandle
  let limits: TransferLimits

  /// The owner of the transfer's sockets, which outlive the transfer.
  let sockets: WatchedSockets

  private var continuation: HTTPExchangeContinuation?
  private(set) var exchange: HTTPExchange?

  /// The header fields received so far.
  ///
  /// The callbacks change this and the next seven properties.
  var head = ResponseHead()
  var body: [UInt8] = []

  /// Unpacks the body if it is a gzip stream.
  var gzip: GzipStream?

  /// The number of bytes of the body received so far, discarded ones included.
  var receivedBytes = 0

  /// Indicates whether the transfer was stopped because all of the body that is kept was received.
  var isCutShort = false

  /// The reason a callback stopped the transfer; more precise than libcurl's result code.
  var stopReason: HTTPFailure?

  /// The last address that was refused as private.
  var refusedAddress: InternetAddress?

  /// Indicates whether a socket was opened for an allowed address.
  var hasOpenedSocket = false

  /// Indicates whether the server ended a connection that other exchanges used, too, so that the
  /// exchange is worth repeating on a new one.
  private(set) var lostSharedConnection = false

  /// The options that depend on the server rather than on the request.
  private struct Target: Hashable {
    let url: String
    let authoritiesFile: String?
    let allowsLegacyTLS: Bool
    let proxy: Secret?

    /// Indicates whether it may connect to private addresses.
    ///
    /// Such connections are not shared with exchanges that may not: one that is refused would end a
    /// connection that others use.
    let allowsPrivate: Bool

    /// The length from which a body is refused by its `Content-Length`; 0 for none.
    let refusedBodyBytes: Int

    /// Indicates whether the exchange is a POST, whose response is short and needs no compression.
    let isPostedTo: Bool
  }

  /// The target the handle is set up for; nil if unknown.
  private var target: Target?

  /// The target's parsed URL, which libcurl would otherwise parse for each transfer.
  private var parsedURL: ParsedURL?

  /// The budget of all bodies of the transport.
  let budget: BodyBudget

  private let userAgent: String
  private let lines = HeaderLines()

  /// Creates a handle with the options of every exchange; nil if memory is exhausted or libcurl lacks
  /// a required option.
  ///
  /// It must run in the loop that owns `sockets`.
  init?(
    userAgent: String, limits: TransferLimits, authorities: String?, sockets: WatchedSockets,
    budget: BodyBudget
  ) {
    guard let easy = EasyHandle(authorities: authorities) else { return nil }
    self.easy = easy
    self.limits = limits
    self.userAgent = userAgent
    self.sockets = sockets
    self.budget = budget
    guard setCommonOptions() else { return nil }
  }

  /// Prepares the handle for an exchange that may take `timeout` from now; returns false if libcurl
  /// rejects an option.
  ///
  /// Call `clear` afterwards in both cases.
  func begin(
    _ exchange: HTTPExchange, timeout: Duration, continuation: HTTPExchangeContinuation
  ) -> Bool {
    self.exchange = exchange
    self.continuation = continuation
    return setOptions(of: exchange, timeout: timeout)
      && easy.set(CURLOPT_FRESH_CONNECT, exchange.isRepeated ? 1 : 0)
  }

  func end(_ end: TransferEnd) {
    switch end {
    case .finished(let code):
      lostSharedConnection = isLossOfSharedConnection(code)
      continuation?.resume(returning: outcome(code))
    case .cancelled: continuation?.resume(returning: .failure(.cancelled))
    case .rejected:
      continuation?.resume(
        returning: .failure(.connectionFailed(reason: "libcurl rejects the request")))
    }
    continuation = nil
  }

  /// Frees the body; the transfer ends with the next piece of it, or by its timeout.
  func giveUp(because reason: HTTPFailure) {
    stopReason = reason
    body = []
  }

  /// Removes the exchange and its results.
  func clear() {
    _ = easy.set(CURLOPT_HTTPHEADER, pointer: nil)
    lines.removeAll()
    exchange = nil
    continuation = nil
    head = ResponseHead()
    budget.remove(self)
    body = []
    gzip = nil
    receivedBytes = 0
    isCutShort = false
    stopReason = nil
    refusedAddress = nil
    hasOpenedSocket = false
    lostSharedConnection = false
    easy.clearErrorText()
  }

  // MARK: - Options

  private func setCommonOptions() -> Bool {
    let me = Unmanaged.passUnretained(self).toOpaque()
    return [
      easy.set(CURLOPT_WRITEDATA, pointer: me),
      easy.set(CURLOPT_HEADERDATA, pointer: me),
      easy.set(CURLOPT_OPENSOCKETDATA, pointer: me),
      easy.set(CURLOPT_PREREQDATA, pointer: me),
      easy.set(CURLOPT_CLOSESOCKETDATA, pointer: Unmanaged.passUnretained(sockets).toOpaque()),
      fx_easy_set_write(easy.pointer, CURLOPT_WRITEFUNCTION, writeCallback) == CURLE_OK,
      fx_easy_set_write(easy.pointer, CURLOPT_HEADERFUNCTION, headerCallback) == CURLE_OK,
      fx_easy_set_open_socket(easy.pointer, openSocketCallback) == CURLE_OK,
      fx_easy_set_close_socket(easy.pointer, closeSocketCallback) == CURLE_OK,
      fx_easy_set_prerequest(easy.pointer, prerequestCallback) == CURLE_OK,
      easy.set(CURLOPT_PROTOCOLS_STR, string: "http,https"),
      easy.set(CURLOPT_FOLLOWLOCATION, 0),
      easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)),
      // No waiting for the handshake of another transfer: if that one fails, libcurl can leave those
      // that wait until their timeouts.
      easy.set(CURLOPT_PIPEWAIT, 0),
    ].allSatisfy { $0 }
  }

  /// Sets the options of a target; returns false if libcurl rejects one.
  private func setTarget(_ target: Target) -> Bool {
    guard target != self.target else { return true }
    // Unknown until all options are set.
    self.target = nil
    guard let parsed = ParsedURL(target.url),
      easy.set(CURLOPT_CURLU, pointer: UnsafeMutableRawPointer(parsed.pointer))
    else { return false }
    parsedURL = parsed
    let isSet = [
      // In addition to CURLOPT_CURLU, so that libcurl never keeps the text of an earlier URL.
      easy.set(CURLOPT_URL, string: target.url),
      easy.setAuthorities(file: target.authoritiesFile, apart: target.allowsPrivate),
      easy.setOldest(allowsLegacyTLS: target.allowsLegacyTLS),
      // Without one, not even that of http_proxy.
      easy.set(CURLOPT_PROXY, string: target.proxy?.reveal() ?? ""),
      // Every encoding this libcurl supports: gzip, deflate, br, zstd.
      easy.set(CURLOPT_ACCEPT_ENCODING, string: target.isPostedTo ? nil : ""),
      easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: curl_off_t(target.refusedBodyBytes)),
    ].allSatisfy { $0 }
    // A failure is ignored: libcurl rejects the size while the handle still has the buffer of the
    // previous exchange, which it keeps while others continue on the same connection.
    _ = easy.set(
      CURLOPT_BUFFERSIZE, target.isPostedTo ? Self.smallBufferBytes : Self.bufferBytes)
    if isSet { self.target = target }
    return isSet
  }

  private func setOptions(of exchange: HTTPExchange, timeout: Duration) -> Bool {
    let request = exchange.request
    let target = Target(
      url: exchange.address.text, authoritiesFile: request.authoritiesFile,
      allowsLegacyTLS: request.allowsLegacyTLS, proxy: request.proxy,
      allowsPrivate: request.allowPrivate,
      refusedBodyBytes: request.excess == .refused ? max(1, request.maximumBodyBytes) : 0,
      isPostedTo: exchange.method.hasBody)
    appendHeaders(of: exchange)
    return setTarget(target) && easy.set(CURLOPT_HTTP_CONTENT_DECODING, 1)
      && easy.setTimeouts(total: timeout, connect: request.connectTimeout)
      && easy.set(CURLOPT_HTTPHEADER, pointer: lines.list) && setMethod(of: exchange)
  }

  private func setMethod(of exchange: HTTPExchange) -> Bool {
    // A handle keeps the name of an earlier method.
    let name = [.get, .post].contains(exchange.method) ? nil : exchange.method.rawValue
    guard easy.set(CURLOPT_CUSTOMREQUEST, string: name) else { return false }
    guard exchange.method.hasBody else { return easy.set(CURLOPT_HTTPGET, 1) }
    let body = exchange.request.body
    return easy.set(CURLOPT_POST, 1)
      && easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: curl_off_t(body.count))
      && body.withUnsafeBytes { bytes in
        // libcurl copies the bytes, so the array may move. A null pointer would make libcurl read the
        // body from a callback.
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress) ?? easy.pointer
        return easy.set(CURLOPT_COPYPOSTFIELDS, pointer: start)
      }
  }

  /// Appends the exchange's headers, and the defaults of those it lacks.
  ///
  /// With CURLOPT_USERAGENT libcurl would format the line for each transfer and then copy it.
  private func appendHeaders(of exchange: HTTPExchange) {
    var (hasAccept, hasUserAgent, hasExpect, hasContentType) = (false, false, false, false)
    for header in exchange.headers {
      // "Name;" is libcurl's form of a header without a value; "Name:" would remove a default header.
      lines.append(header.name, header.value.isEmpty ? ";" : ": ", header.value)
      hasAccept = hasAccept || header.isNamed("accept")
      hasUserAgent = hasUserAgent || header.isNamed("user-agent")
      hasExpect = hasExpect || header.isNamed("expect")
      hasContentType = hasContentType || header.isNamed("content-type")
    }
    if !hasAccept { lines.append("Accept", ": ", Self.defaultAccept) }
    if !hasUserAgent { lines.append("User-Agent", ": ", userAgent) }
    guard exchange.method.hasBody else { return }
    // By default libcurl waits for "100 Continue" and labels every body as a form.
    if !hasExpect { lines.append("Expect", ":", "") }
    if !hasContentType { lines.append("Content-Type", ":", "") }
  }

  /// The default `Accept` header: any type, with a preference for the formats fxwatch reads best.
  private static let defaultAccept =
    "application/json, application/xml, text/xml, text/html;q=0.9, text/csv;q=0.9, */*;q=0.8"

  /// The receive buffer of a GET in bytes: libcurl's default.
  private static let bufferBytes = 16 << 10

  /// The receive buffer of a POST in bytes: libcurl's minimum.
  ///
  /// libcurl allocates the buffer for each transfer; a small one costs almost nothing.
  private static let smallBufferBytes = 1 << 10
}
