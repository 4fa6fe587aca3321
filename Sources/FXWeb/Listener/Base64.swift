import Foundation

/// Base64 (RFC 4648, section 4).
enum Base64 {
  /// Returns the bytes of a text; nil if it is invalid.
  static func decoded(_ text: some StringProtocol) -> [UInt8]? {
    Data(base64Encoded: String(text)).map { Array($0) }
  }
}
