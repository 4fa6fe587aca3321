/// The encoding of texts in URLs and forms.
enum PercentEncoding {
  /// Returns the text with all but the unreserved characters of RFC 3986 (section 2.3)
  /// percent-encoded.
  static func text(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return encoded
  }

  /// Returns `name=value&…`, for a query or a form.
  static func query(_ fields: [(name: String, value: String)]) -> String {
    fields.map { "\(text($0.name))=\(text($0.value))" }.joined(separator: "&")
  }
}
