import Crypto

/// The hash of a body, which is stored as evidence of the bytes that were read.
package enum BodyHash {
  /// The first 16 bytes of the body's SHA-256, in hexadecimal: short enough to print, long enough
  /// that two bodies never share it.
  package static func hash(_ body: [UInt8]) -> String {
    SHA256.hash(data: body).prefix(16).map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
