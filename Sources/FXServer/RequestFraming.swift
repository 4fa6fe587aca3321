import FXCore

/// The checks of a request's head on which its end depends.
///
/// Where a proxy and this server could see another end of a request, one request hides in another (RFC 9112
/// section 11.2). libmicrohttpd takes some heads that RFC 9112 forbids.
enum RequestFraming {
  /// The names on which the end of a request depends.
  private static let names = ["content-length", "transfer-encoding"]

  /// Returns the status with which a head is refused, the connection closed; nil for a clear one with a
  /// body that is not longer than `limit`.
  static func refusal(of headers: [HTTPHeader], limit: Int) -> Int? {
    guard headers.allSatisfy(isClear) else { return 400 }
    let lengths = headers.filter { $0.name.lowercased() == names[0] }.map(\.value)
    let codings = headers.filter { $0.name.lowercased() == names[1] }
    // Two lengths, or a length beside chunks, are how requests are smuggled past a proxy.
    guard lengths.count <= 1, codings.isEmpty || lengths.isEmpty, codings.count <= 1 else {
      return 400
    }
    guard let length = lengths.first else { return nil }
    guard !length.isEmpty, length.utf8.allSatisfy({ (48...57).contains($0) }) else { return 400 }
    guard let length = Int(length), length <= limit else { return 413 }
    return nil
  }

  /// True if no other reader finds another header in one: the name is a token (RFC 9110 section 5.6.2), the
  /// value has no line break, and a folded line has not become a part of the name.
  private static func isClear(_ header: HTTPHeader) -> Bool {
    let name = header.name.lowercased()
    return !name.isEmpty && name.utf8.allSatisfy(isTokenCharacter)
      && header.value.utf8.allSatisfy { $0 == 9 || ($0 >= 32 && $0 != 127) }
      && names.allSatisfy { !name.hasPrefix($0) || name == $0 }
  }

  private static func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
  }
}
