import CCurl
import FXCore

/// A libcurl easy handle with its error buffer.
///
/// Not Sendable: it is isolated to the transport.
final class EasyHandle {
  let pointer: UnsafeMutableRawPointer

  /// The error text of libcurl and OpenSSL; only texts about TLS are passed on.
  private let errorText: UnsafeMutablePointer<CChar>

  /// The system's certificate authorities, as configured when libcurl was built.
  private let systemAuthorities: (file: String?, directory: String?)

  /// Creates a handle with the options of every transfer; nil if memory is exhausted or libcurl lacks
  /// a required option.
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
      set(CURLOPT_SSL_VERIFYPEER, 1),
      set(CURLOPT_SSL_VERIFYHOST, 2),
      // Signals would affect the whole process.
      set(CURLOPT_NOSIGNAL, 1),
      // A transfer that ends before name resolution must not block the lane: the resolver's thread is
      // detached instead of joined.
      set(CURLOPT_QUICK_EXIT, 1),
      set(CURLOPT_PROXY, string: ""),
      set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1),
      set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue)),
    ].allSatisfy { $0 }
    guard isSet, setOldest(allowsLegacyTLS: false) else { return nil }
  }

  deinit {
    curl_easy_cleanup(pointer)
    errorText.deallocate()
  }

  // MARK: - Options

  /// Sets an option; returns false if libcurl rejects it.
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

  /// Sets the timeouts of the whole transfer and of connecting.
  func setTimeouts(total: Duration, connect: Duration) -> Bool {
    set(CURLOPT_TIMEOUT_MS, Self.milliseconds(total))
      && set(CURLOPT_CONNECTTIMEOUT_MS, Self.milliseconds(connect))
  }

  /// Trusts the authorities of a file in addition to those of the system.
  ///
  /// CURLOPT_CAINFO replaces the system's file, but the system's directory contains the same
  /// certificates and stays trusted. libcurl shares connections between transfers whose authorities
  /// have the same names; with `apart` the directory has another name, so no connection is shared
  /// with transfers without `apart`.
  func setAuthorities(file: String?, apart: Bool = false) -> Bool {
    set(CURLOPT_CAINFO, string: file ?? systemAuthorities.file)
      && set(
        CURLOPT_CAPATH, string: systemAuthorities.directory.map { apart ? "\($0)/." : $0 })
  }

  /// Sets the oldest version of TLS: 1.2, or 1.0 with the ciphers of that time.
  func setOldest(allowsLegacyTLS isLegacy: Bool) -> Bool {
    set(
      CURLOPT_SSLVERSION,
      Int(isLegacy ? CURL_SSLVERSION_TLSv1_0 : CURL_SSLVERSION_TLSv1_2))
      && set(CURLOPT_SSL_CIPHER_LIST, string: isLegacy ? "DEFAULT@SECLEVEL=0" : nil)
  }

  /// Returns at least 1, because libcurl interprets 0 as no timeout.
  private static func milliseconds(_ duration: Duration) -> Int {
    Int(max(1, min(duration, LoopLimits.longestTimeout).milliseconds))
  }

  // MARK: - Results

  /// Returns a number of libcurl; 0 if it is unknown.
  func number(_ info: CURLINFO) -> Int {
    var number = 0
    fx_easy_get_long(pointer, info, &number)
    return number
  }

  /// Returns a size or a time of libcurl; nil if it is unknown.
  func offset(_ info: CURLINFO) -> curl_off_t? {
    var offset: curl_off_t = -1
    return fx_easy_get_offset(pointer, info, &offset) == CURLE_OK ? offset : nil
  }

  private static func string(_ info: CURLINFO, of easy: UnsafeMutableRawPointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard fx_easy_get_string(easy, info, &text) == CURLE_OK, let text else { return nil }
    return String(cString: text)
  }

  /// The system's description of a failed connection.
  var connectionProblem: String {
    let number = number(CURLINFO_OS_ERRNO)
    guard number != 0, let text = fx_error_text(Int32(truncatingIfNeeded: number)) else {
      return "the connection failed"
    }
    return String(cString: text).lowercased()
  }

  /// Returns OpenSSL's error text if any, which is about certificates and versions, not requests.
  func tlsProblem(_ code: CURLcode) -> String {
    let text = errorText.pointee == 0 ? curl_easy_strerror(code) : UnsafePointer(errorText)
    let scalars = text.map { String(cString: $0).unicodeScalars } ?? "".unicodeScalars
    return String(String.UnicodeScalarView(scalars.filter { (0x20...0x7e).contains($0.value) }))
  }

  /// Clears the error text of the last failure.
  func clearErrorText() { errorText.pointee = 0 }
}

extension CURLcode {
  /// Indicates whether a TLS connection could not be established.
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
