import CCurl
import FXCore

/// What one hop brought back.
struct Answer: Sendable {
  let status: Int
  let headers: [HTTPHeader]
  let body: [UInt8]
}

/// Where a hop's end is told.
typealias HTTPExchangeContinuation = CheckedContinuation<Result<Answer, HTTPFailure>, Never>

/// A libcurl easy handle and the hop it is busy with, if any; used again for hop after hop.
///
/// Options that are the same for every hop are set once; those of a hop are set each time, or stay
/// where the hop before had the same, so nothing of an earlier one is left. Not Sendable: it belongs
/// to the transport, whose isolation guards it, and libcurl calls back only from within the calls the
/// transport makes.
final class Transfer: Exchange {
  let easy: EasyHandle
  let limits: TransferLimits

  /// Where its sockets are opened and closed; they outlive it.
  let sockets: WatchedSockets

  private var continuation: HTTPExchangeContinuation?
  private(set) var hop: HTTPExchange?

  /// What has come so far.
  ///
  /// Changed by the callbacks, as the next four.
  var head = ResponseHead()
  var body: [UInt8] = []

  /// Why a callback stopped the transfer; it says more than libcurl's code for that.
  var stopped: HTTPFailure?

  /// The last address that was refused as private.
  var refused: InternetAddress?

  /// Whether any address was good enough to open a socket for.
  var hasOpenedSocket = false

  /// What a handle is set up for besides the request itself.
  private struct Target: Hashable {
    let url: String
    let isSecure: Bool
    let authoritiesFile: String?
    let maximumBodyBytes: Int

    /// Whether it is only posted to: then it answers a word or two, which need not come packed.
    let isPostedTo: Bool
  }

  /// The target of the hop before; nil where it is not known to be set.
  private var target: Target?

  /// The target's address taken apart, which libcurl would otherwise do for each transfer.
  private var parsedURL: ParsedURL?

  private let userAgent: String
  private let lines = HeaderLines()

  /// A handle with the options of every hop; nil without memory, or when libcurl lacks something
  /// that safety depends on.
  ///
  /// It may run in the loop of those sockets only.
  init?(
    userAgent: String, limits: TransferLimits, authorities: String?, sockets: WatchedSockets
  ) {
    guard let easy = EasyHandle(authorities: authorities) else { return nil }
    self.easy = easy
    self.limits = limits
    self.userAgent = userAgent
    self.sockets = sockets
    guard setOptionsOfEveryHop() else { return nil }
  }

  /// Prepares the handle for a hop that may take `timeout` from now; false when libcurl cannot take
  /// an option, with nothing to undo but `clear`.
  func begin(_ hop: HTTPExchange, timeout: Duration, continuation: HTTPExchangeContinuation) -> Bool
  {
    self.hop = hop
    self.continuation = continuation
    return setOptions(of: hop, timeout: timeout)
  }

  func ended(_ end: ExchangeEnd) {
    switch end {
    case .finished(let code): continuation?.resume(returning: outcome(code))
    case .cancelled: continuation?.resume(returning: .failure(.cancelled))
    case .notTaken:
      continuation?.resume(
        returning: .failure(.connectionFailed(reason: "libcurl does not take the request")))
    }
    continuation = nil
  }

  /// Forgets the hop and all that came of it.
  func clear() {
    _ = easy.set(CURLOPT_HTTPHEADER, pointer: nil)
    lines.removeAll()
    hop = nil
    continuation = nil
    head = ResponseHead()
    body = []
    stopped = nil
    refused = nil
    hasOpenedSocket = false
    easy.forgetFailure()
  }

  // MARK: - Options

  private func setOptionsOfEveryHop() -> Bool {
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
    ].allSatisfy { $0 }
  }

  /// Sets the options in which a server and what it may send differ; false when libcurl cannot take
  /// one.
  private func turn(to target: Target) -> Bool {
    guard target != self.target else { return true }
    // Until all are set, nobody knows what is.
    self.target = nil
    guard let parsed = ParsedURL(target.url),
      easy.set(CURLOPT_CURLU, pointer: UnsafeMutableRawPointer(parsed.pointer))
    else { return false }
    parsedURL = parsed
    let isSet = [
      // Beside CURLOPT_CURLU, so that what libcurl keeps of the address as text is never that of an
      // earlier target.
      easy.set(CURLOPT_URL, string: target.url),
      // Over TLS, wait for a handshake under way, since HTTP/2 may come of it and can be shared.
      // Without TLS the wait would last until the server's first answer.
      easy.set(CURLOPT_PIPEWAIT, target.isSecure ? 1 : 0),
      easy.setAuthorities(file: target.authoritiesFile),
      // Everything this libcurl can undo: gzip, deflate, br, zstd.
      easy.set(CURLOPT_ACCEPT_ENCODING, string: target.isPostedTo ? nil : ""),
      easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: curl_off_t(max(1, target.maximumBodyBytes))),
    ].allSatisfy { $0 }
    // Only a wish: libcurl takes it unless the handle still has the buffer of the hop before, which
    // it keeps where others go on over the same connection.
    _ = easy.set(CURLOPT_BUFFERSIZE, target.isPostedTo ? Self.wordsBuffer : Self.pageBuffer)
    if isSet { self.target = target }
    return isSet
  }

  private func setOptions(of hop: HTTPExchange, timeout: Duration) -> Bool {
    let request = hop.request
    let target = Target(
      url: hop.address.text, isSecure: hop.address.scheme == "https",
      authoritiesFile: request.authoritiesFile, maximumBodyBytes: request.maximumBodyBytes,
      isPostedTo: hop.method == .post)
    write(headersOf: hop)
    return turn(to: target) && easy.setTimeouts(total: timeout, connect: request.connectTimeout)
      && easy.set(CURLOPT_HTTPHEADER, pointer: lines.list) && setMethod(of: hop)
  }

  private func setMethod(of hop: HTTPExchange) -> Bool {
    guard hop.method == .post else { return easy.set(CURLOPT_HTTPGET, 1) }
    let body = hop.request.body
    return easy.set(CURLOPT_POST, 1)
      && easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: curl_off_t(body.count))
      && body.withUnsafeBytes { bytes in
        // Copied by libcurl, so that the array may move. No pointer would mean another way to send.
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress) ?? easy.pointer
        return easy.set(CURLOPT_COPYPOSTFIELDS, pointer: start)
      }
  }

  /// Writes the hop's own headers and, of those every request has, the ones it does not bring.
  ///
  /// CURLOPT_USERAGENT would have libcurl print the line anew for each transfer, and then once more
  /// into the head.
  private func write(headersOf hop: HTTPExchange) {
    var (accepts, names, expects, types) = (false, false, false, false)
    for header in hop.headers {
      // libcurl takes "Name;" for a header without a value; "Name:" would take one of its own out.
      lines.append(header.name, header.value.isEmpty ? ";" : ": ", header.value)
      accepts = accepts || header.isNamed("accept")
      names = names || header.isNamed("user-agent")
      expects = expects || header.isNamed("expect")
      types = types || header.isNamed("content-type")
    }
    if !accepts { lines.append("Accept", ": ", Self.accepted) }
    if !names { lines.append("User-Agent", ": ", userAgent) }
    guard hop.method == .post else { return }
    // Libcurl would wait for a "100 Continue", and call any body a form.
    if !expects { lines.append("Expect", ":", "") }
    if !types { lines.append("Content-Type", ":", "") }
  }

  /// What a request accepts unless it brings its own: anything, and of the same thing in several
  /// forms rather the ones fxwatch reads best.
  private static let accepted =
    "application/json, application/xml, text/xml, text/html;q=0.9, text/csv;q=0.9, */*;q=0.8"

  /// How much is read from a page at once, in bytes: libcurl's own measure.
  private static let pageBuffer = 16 << 10

  /// How much is read at once of what a receiver says, in bytes: the least that libcurl takes.
  ///
  /// libcurl allocates the buffer for each transfer; one of this size costs next to nothing.
  private static let wordsBuffer = 1 << 10
}
