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
/// Options that are the same for every hop are set once; those of a hop are all set each time, so
/// nothing of an earlier one is left. Not Sendable: it belongs to the transport, whose isolation
/// guards it, and libcurl calls back only from within the calls the transport makes.
final class Transfer {
  let easy: UnsafeMutableRawPointer
  let limits: TransferLimits

  /// Names the hop, for cancelling it.
  private(set) var id = 0

  private(set) var continuation: HopContinuation?
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

  /// What libcurl and OpenSSL say about a failure; only what concerns TLS is passed on.
  let errorText: UnsafeMutablePointer<CChar>

  private var sentHeaders: UnsafeMutablePointer<curl_slist>?
  private let systemAuthorities: (file: String?, directory: String?)

  /// A handle with the options of every hop; nil without memory, or when libcurl lacks something
  /// that safety depends on.
  init?(userAgent: String, limits: TransferLimits, authorities: String?) {
    guard let easy = curl_easy_init() else { return nil }
    self.easy = easy
    self.limits = limits
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    systemAuthorities = (
      easy.string(CURLINFO_CAINFO), authorities ?? easy.string(CURLINFO_CAPATH)
    )
    guard setOptionsOfEveryHop(userAgent: userAgent) else { return nil }
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(sentHeaders)
    errorText.deallocate()
  }

  /// Prepares the handle for a hop that may take `timeout` from now; false when libcurl cannot take
  /// an option, with nothing to undo but `clear`.
  func begin(_ hop: Hop, id: Int, timeout: Duration, continuation: HopContinuation) -> Bool {
    self.id = id
    self.hop = hop
    self.continuation = continuation
    return setOptions(of: hop, timeout: timeout)
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
    errorText.pointee = 0
  }

  // MARK: - Options

  private func setOptionsOfEveryHop(userAgent: String) -> Bool {
    let me = Unmanaged.passUnretained(self).toOpaque()
    return [
      easy.set(CURLOPT_PRIVATE, pointer: me),
      easy.set(CURLOPT_WRITEDATA, pointer: me),
      easy.set(CURLOPT_HEADERDATA, pointer: me),
      easy.set(CURLOPT_OPENSOCKETDATA, pointer: me),
      easy.set(CURLOPT_PREREQDATA, pointer: me),
      fx_easy_set_write(easy, CURLOPT_WRITEFUNCTION, writeCallback) == CURLE_OK,
      fx_easy_set_write(easy, CURLOPT_HEADERFUNCTION, headerCallback) == CURLE_OK,
      fx_easy_set_open_socket(easy, openSocketCallback) == CURLE_OK,
      fx_easy_set_prerequest(easy, prerequestCallback) == CURLE_OK,
      easy.set(CURLOPT_ERRORBUFFER, pointer: errorText),
      easy.set(CURLOPT_USERAGENT, string: userAgent),
      easy.set(CURLOPT_PROTOCOLS_STR, string: "http,https"),
      easy.set(CURLOPT_FOLLOWLOCATION, 0),
      // Everything this libcurl can undo: gzip, deflate, br, zstd.
      easy.set(CURLOPT_ACCEPT_ENCODING, string: ""),
      easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS)),
      easy.set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
      easy.set(CURLOPT_SSL_VERIFYPEER, 1),
      easy.set(CURLOPT_SSL_VERIFYHOST, 2),
      // No signals: they would hit the whole process.
      easy.set(CURLOPT_NOSIGNAL, 1),
      // A name server that does not answer must not hold the lane up when the hop ends before it:
      // the resolver's thread is let go rather than waited for.
      easy.set(CURLOPT_QUICK_EXIT, 1),
      // No proxy, whatever http_proxy and its kin say: a proxy resolves names itself, and then
      // nobody could keep the promise that private addresses are refused.
      easy.set(CURLOPT_PROXY, string: ""),
      easy.set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
    ].allSatisfy { $0 }
  }

  private func setOptions(of hop: Hop, timeout: Duration) -> Bool {
    let request = hop.request
    let file = request.authoritiesFile ?? systemAuthorities.file
    // CURLOPT_CAINFO replaces the system's file; the system's directory of the same certificates
    // stays beside it, so that the authorities named are further ones.
    var settings = [
      easy.set(CURLOPT_URL, string: hop.address.text),
      // Over TLS, wait for a handshake under way, since HTTP/2 may come of it and can be shared.
      // Without TLS the wait would last until the server's first answer.
      easy.set(CURLOPT_PIPEWAIT, hop.address.scheme == "https" ? 1 : 0),
      easy.set(CURLOPT_TIMEOUT_MS, Self.milliseconds(timeout)),
      easy.set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(request.connectTimeout)),
      easy.set(CURLOPT_MAXFILESIZE_LARGE, offset: curl_off_t(max(1, request.maximumBodyBytes))),
      easy.set(CURLOPT_CAINFO, string: file),
      easy.set(CURLOPT_CAPATH, string: systemAuthorities.directory),
    ]
    switch hop.method {
    case .get:
      settings.append(easy.set(CURLOPT_HTTPGET, 1))
    case .post:
      settings.append(easy.set(CURLOPT_POST, 1))
      settings.append(
        easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: curl_off_t(request.body.count)))
      // Copied by libcurl, so that the array may move. No pointer would mean another way to send.
      request.body.withUnsafeBytes { bytes in
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress) ?? easy
        settings.append(easy.set(CURLOPT_COPYPOSTFIELDS, pointer: start))
      }
    }
    for header in headers(of: hop) {
      // libcurl takes "Name;" for a header without a value; "Name:" would take one of its own out.
      let line = header.value.isEmpty ? "\(header.name);" : "\(header.name): \(header.value)"
      guard let extended = curl_slist_append(sentHeaders, line) else { return false }
      sentHeaders = extended
    }
    for silenced in hop.method == .post ? ["Expect:", "Content-Type:"] : []
    where !hop.headers.contains(where: { $0.name.lowercased() + ":" == silenced.lowercased() }) {
      // Libcurl would wait for a "100 Continue", and call any body a form.
      guard let extended = curl_slist_append(sentHeaders, silenced) else { return false }
      sentHeaders = extended
    }
    settings.append(easy.set(CURLOPT_HTTPHEADER, pointer: sentHeaders))
    return settings.allSatisfy { $0 }
  }

  /// The hop's own headers and, unless it brings another, what it accepts: anything, and of the same
  /// thing in several forms rather the ones fxwatch reads best.
  private func headers(of hop: Hop) -> [HTTPHeader] {
    hop.headers.contains { $0.name.lowercased() == "accept" }
      ? hop.headers : hop.headers + [HTTPHeader("Accept", Self.accepted)]
  }

  private static let accepted =
    "application/json, application/xml, text/xml, text/html;q=0.9, text/csv;q=0.9, */*;q=0.8"

  /// At least one, because libcurl takes 0 for "never".
  private static func milliseconds(_ duration: Duration) -> Int {
    Int(max(1, min(duration, LoopLimits.longestTimeout).milliseconds))
  }
}

extension UnsafeMutableRawPointer {
  /// Sets an option of this easy handle; false when libcurl does not take it.
  fileprivate func set(_ option: CURLoption, _ value: Int) -> Bool {
    fx_easy_set_long(self, option, value) == CURLE_OK
  }

  fileprivate func set(_ option: CURLoption, offset value: curl_off_t) -> Bool {
    fx_easy_set_offset(self, option, value) == CURLE_OK
  }

  fileprivate func set(_ option: CURLoption, string value: String?) -> Bool {
    fx_easy_set_string(self, option, value) == CURLE_OK
  }

  fileprivate func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) -> Bool {
    fx_easy_set_pointer(self, option, value) == CURLE_OK
  }

  /// What this easy handle knows under `info`.
  fileprivate func string(_ info: CURLINFO) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard fx_easy_get_string(self, info, &text) == CURLE_OK, let text else { return nil }
    return String(cString: text)
  }
}
