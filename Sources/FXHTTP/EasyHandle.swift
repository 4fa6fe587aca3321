import CCurl
import FXCore

/// A libcurl easy handle with room for what libcurl says about a failure.
///
/// Not Sendable: it belongs to the transport, whose isolation guards it.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer

  /// What libcurl and OpenSSL say about a failure; only what concerns TLS is passed on.
  private let errorText: UnsafeMutablePointer<CChar>

  /// The system's authorities, as this libcurl was built to find them.
  private let systemAuthorities: (file: String?, directory: String?)

  /// A handle with the options of everything fxwatch transfers; nil without memory, or when libcurl
  /// lacks something that safety depends on.
  ///
  /// `authorities` is a directory trusted in addition to any file; nil for the system's.
  init?(authorities: String?) {
    guard let pointer = curl_easy_init() else { return nil }
    self.pointer = pointer
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    systemAuthorities = (
      Self.string(CURLINFO_CAINFO, of: pointer),
      authorities ?? Self.string(CURLINFO_CAPATH, of: pointer)
    )
    let isSet = [
      set(CURLOPT_ERRORBUFFER, pointer: errorText),
      set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2)),
      set(CURLOPT_SSL_VERIFYPEER, 1),
      set(CURLOPT_SSL_VERIFYHOST, 2),
      // No signals: they would hit the whole process.
      set(CURLOPT_NOSIGNAL, 1),
      // A name server that does not answer must not hold the lane up when the transfer ends before
      // it: the resolver's thread is let go rather than waited for.
      set(CURLOPT_QUICK_EXIT, 1),
      // No proxy, whatever http_proxy and its kin say: a proxy resolves names itself, and then
      // nobody could keep the promise that private addresses are refused.
      set(CURLOPT_PROXY, string: ""),
      set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
    ].allSatisfy { $0 }
    guard isSet else { return nil }
  }

  deinit {
    curl_easy_cleanup(pointer)
    errorText.deallocate()
  }

  // MARK: - Options

  /// Sets an option; false when libcurl does not take it.
  func set(_ option: CURLoption, _ value: Int) -> Bool {
    fx_easy_set_long(pointer, option, value) == CURLE_OK
  }

  func set(_ option: CURLoption, offset value: curl_off_t) -> Bool {
    fx_easy_set_offset(pointer, option, value) == CURLE_OK
  }

  func set(_ option: CURLoption, string value: String?) -> Bool {
    fx_easy_set_string(pointer, option, value) == CURLE_OK
  }

  func set(_ option: CURLoption, pointer value: UnsafeMutableRawPointer?) -> Bool {
    fx_easy_set_pointer(pointer, option, value) == CURLE_OK
  }

  /// Sets how long it may take in all, and until it is connected.
  func setTimeouts(total: Duration, connect: Duration) -> Bool {
    set(CURLOPT_TIMEOUT_MS, Self.milliseconds(total))
      && set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(connect))
  }

  /// Trusts the authorities of a file, or of the system's, besides those of the system's directory.
  ///
  /// CURLOPT_CAINFO replaces the system's file; the system's directory of the same certificates stays
  /// beside it, so that the authorities named are further ones.
  func setAuthorities(file: String?) -> Bool {
    set(CURLOPT_CAINFO, string: file ?? systemAuthorities.file)
      && set(CURLOPT_CAPATH, string: systemAuthorities.directory)
  }

  /// At least one, because libcurl takes 0 for "never".
  private static func milliseconds(_ duration: Duration) -> Int {
    Int(max(1, min(duration, LoopLimits.longestTimeout).milliseconds))
  }

  // MARK: - What it knows

  /// A number libcurl knows under `info`; 0 where it knows none.
  func number(_ info: CURLINFO) -> Int {
    var number = 0
    fx_easy_get_long(pointer, info, &number)
    return number
  }

  /// A size or a time libcurl knows under `info`; nil where it knows none.
  func offset(_ info: CURLINFO) -> curl_off_t? {
    var offset: curl_off_t = -1
    return fx_easy_get_offset(pointer, info, &offset) == CURLE_OK ? offset : nil
  }

  private static func string(_ info: CURLINFO, of easy: UnsafeMutableRawPointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard fx_easy_get_string(easy, info, &text) == CURLE_OK, let text else { return nil }
    return String(cString: text)
  }

  /// The system's words for why no connection could be made.
  var connectionProblem: String {
    let number = number(CURLINFO_OS_ERRNO)
    guard number != 0, let text = fx_error_text(Int32(truncatingIfNeeded: number)) else {
      return "no connection could be made"
    }
    return String(cString: text).lowercased()
  }

  /// OpenSSL's words where there are any: they speak of certificates and versions, not of requests.
  func tlsProblem(_ code: CURLcode) -> String {
    let text = errorText.pointee == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText)
    let scalars = text.map { String(cString: $0).unicodeScalars } ?? "".unicodeScalars
    return String(String.UnicodeScalarView(scalars.filter { (0x20...0x7e).contains($0.value) }))
  }

  /// Forgets what was said of the last failure.
  func forgetFailure() { errorText.pointee = 0 }
}

extension CURLcode {
  /// Whether it says that no secure connection could be made.
  var isOfTLS: Bool {
    switch self {
    case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
      CURLE_SSL_CIPHER, CURLE_SSL_ISSUER_ERROR, CURLE_SSL_ENGINE_INITFAILED,
      CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_INVALIDCERTSTATUS:
      true
    default: false
    }
  }
}
