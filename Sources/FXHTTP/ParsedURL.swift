import CCurl

/// A URL parsed by libcurl, for CURLOPT_CURLU; it must live as long as a handle uses it.
final class ParsedURL {
  let pointer: OpaquePointer

  /// Parses the text of a `WebAddress`; nil if memory is exhausted.
  init?(_ text: String) {
    guard let pointer = curl_url() else { return nil }
    self.pointer = pointer
    let flags = UInt32(CURLU_NON_SUPPORT_SCHEME)
    guard curl_url_set(pointer, CURLUPART_URL, text, flags) == CURLUE_OK else { return nil }
  }

  deinit { curl_url_cleanup(pointer) }
}
