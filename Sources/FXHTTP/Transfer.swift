import CCurl
import FXCore

/// What one hop brought back.
struct Answer: Sendable {
  let status: Int
  let headers: [HTTPHeader]
  let body: [UInt8]
}

/// Where a hop's end is told.
typealias HopContinuation = CheckedContinuation<Result<Answer, HTTPFailure>, Never>

/// A libcurl easy handle and the hop it is busy with, if any; used again for hop after hop.
///
/// Options that are the same for every hop are set once; those of a hop are set each time, or stay
/// where the hop before had the same, so nothing of an earlier one is left. Not Sendable: it belongs to the transport, whose isolation
/// guards it, and libcurl calls back only from within the calls the transport makes.
final class Transfer: Exchange {
  let easy: EasyHandle
  let limits: TransferLimits

  private var continuation: HopContinuation?
  private(set) var hop: Hop?

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

    /// Whether an answer may come packed: what is only posted to says a word or two.
    let acceptsPacked: Bool
  }

  /// The target of the hop before; nil where it is not known to be set.
  private var target: Target?

  private var sentHeaders: UnsafeMutablePointer<curl_slist>?

  /// A handle with the options of every hop; nil without memory, or when libcurl lacks something
  /// that safety depends on.
  init?(userAgent: String, limits: TransferLimits, authorities: String?) {
    guard let easy = EasyHandle(authorities: authorities) else { return nil }
    self.easy = easy
    self.limits = limits
    guard setOptionsOfEveryHop(userAgent: userAgent) else { return nil }
  }

  deinit {
    curl_slist_free_all(sentHeaders)
  }

  /// Prepares the handle for a hop that may take `timeout` from now; false when libcurl cannot take
  /// an option, with nothing to undo but `clear`.
  func begin(_ hop: Hop, timeout: Duration, continuation: HopContinuation) -> Bool {
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
    curl_slist_free_all(sentHeaders)
    sentHeaders = nil
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

  private func setOptionsOfEveryHop(userAgent: String) -> Bool {
    let me = Unmanaged.passUnretained(self).toOpaque()
    return [
      easy.set(CURLOPT_WRITEDATA, pointer: me),
      easy.set(CURLOPT_HEADERDATA, pointer: me),
      easy.set(CURLOPT_OPENSOCKETDATA, pointer: me),
      easy.set(CURLOPT_PREREQDATA, pointer: me),
      fx_easy_set_write(easy.pointer, CURLOPT_WRITEFUNCTION, writeCallback) == CURLE_OK,
      fx_easy_set_write(easy.pointer, CURLOPT_HEADERFUNCTION, headerCallback) == CURLE_OK,
      fx_easy_set_open_socket(easy.pointer, openSocketCallback) == CURLE_OK,
      fx_easy_set_prerequest(easy.pointer, prerequestCallback) == CURLE_OK,
      easy.set(CURLOPT_USERAGENT, string: userAgent),
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
    let isSet = [
      easy.set(CURLOPT_URL, string: target.url),
      // Over TLS, wait for a handshake under way, since HTTP/2 may come of it and can be shared.
      // Without TLS the wait would last until the server's first answer.
      easy.set(CURLOPT_PIPEWAIT, target.isSecure ? 1 : 0),
      easy.setAuthorities(file: target.authoritiesFile),
      // Everything this libcurl can undo: gzip, deflate, br, zstd.
      easy.set(CURLOPT_ACCEPT_ENCODING, string: target.acceptsPacked ? "" : nil),
      easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: curl_off_t(max(1, target.maximumBodyBytes))),
    ].allSatisfy { $0 }
    if isSet { self.target = target }
    return isSet
  }

  private func setOptions(of hop: Hop, timeout: Duration) -> Bool {
    let request = hop.request
    let target = Target(
      url: hop.address.text, isSecure: hop.address.scheme == "https",
      authoritiesFile: request.authoritiesFile, maximumBodyBytes: request.maximumBodyBytes,
      acceptsPacked: hop.method == .get)
    guard turn(to: target) else { return false }
    var settings = [easy.setTimeouts(total: timeout, connect: request.connectTimeout)]
    switch hop.method {
    case .get:
      settings.append(easy.set(CURLOPT_HTTPGET, 1))
    case .post:
      settings.append(easy.set(CURLOPT_POST, 1))
      settings.append(
        easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: curl_off_t(request.body.count)))
      // Copied by libcurl, so that the array may move. No pointer would mean another way to send.
      request.body.withUnsafeBytes { bytes in
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress) ?? easy.pointer
        settings.append(easy.set(CURLOPT_COPYPOSTFIELDS, pointer: start))
      }
    }
    for header in headers(of: hop) {
      // libcurl takes "Name;" for a header without a value; "Name:" would take one of its own out.
      guard
        header.value.isEmpty
          ? send(header.name, ";", "") : send(header.name, ": ", header.value)
      else { return false }
    }
    for silenced in hop.method == .post ? ["Expect", "Content-Type"] : []
    where !hop.headers.contains(where: { $0.isNamed(silenced) }) {
      // Libcurl would wait for a "100 Continue", and call any body a form.
      guard send(silenced, ":", "") else { return false }
    }
    settings.append(easy.set(CURLOPT_HTTPHEADER, pointer: sentHeaders))
    return settings.allSatisfy { $0 }
  }

  /// Adds a line to the headers; false without memory.
  private func send(_ name: String, _ separator: String, _ value: String) -> Bool {
    var line: [UInt8] = []
    line.reserveCapacity(name.utf8.count + separator.utf8.count + value.utf8.count + 1)
    line.append(contentsOf: name.utf8)
    line.append(contentsOf: separator.utf8)
    line.append(contentsOf: value.utf8)
    line.append(0)
    let extended = line.withUnsafeBytes { bytes in
      curl_slist_append(sentHeaders, bytes.baseAddress?.assumingMemoryBound(to: CChar.self))
    }
    guard let extended else { return false }
    sentHeaders = extended
    return true
  }

  /// The hop's own headers and, unless it brings another, what it accepts: anything, and of the same
  /// thing in several forms rather the ones fxwatch reads best.
  private func headers(of hop: Hop) -> [HTTPHeader] {
    hop.headers.contains { $0.isNamed("accept") }
      ? hop.headers : hop.headers + [HTTPHeader("Accept", Self.accepted)]
  }

  private static let accepted =
    "application/json, application/xml, text/xml, text/html;q=0.9, text/csv;q=0.9, */*;q=0.8"
}
