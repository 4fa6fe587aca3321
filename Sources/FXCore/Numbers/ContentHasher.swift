/// Computes digests of content: SipHash-2-4 with a result of 128 bits, by words of 64 bits
/// (https://www.aumasson.jp/siphash/siphash.pdf).
///
/// The same on every machine and in every version, unlike Swift's `Hasher`. Texts are combined with
/// their length, so that two sequences of values have the same words only if they are equal.
package struct ContentHasher: Sendable {
  private var (v0, v1, v2, v3): (UInt64, UInt64, UInt64, UInt64)
  private var words: UInt64 = 0

  /// A hasher with a key.
  package init(key: ContentDigest = .none) {
    v0 = key.low ^ 0x736F_6D65_7073_6575
    v1 = key.high ^ 0x646F_7261_6E64_6F6D ^ 0xEE
    v2 = key.low ^ 0x6C79_6765_6E65_7261
    v3 = key.high ^ 0x7465_6462_7974_6573
  }

  /// Combines an integer.
  package mutating func combine(_ integer: Int64) { combine(word: UInt64(bitPattern: integer)) }

  /// Combines an integer that may be missing.
  package mutating func combine(_ integer: Int64?) {
    combine(word: integer == nil ? 0 : 1)
    if let integer { combine(integer) }
  }

  /// Combines a digest.
  package mutating func combine(_ digest: ContentDigest) {
    combine(word: digest.high)
    combine(word: digest.low)
  }

  /// Combines a text.
  package mutating func combine(_ text: String) {
    var text = text
    text.withUTF8 { combine($0) }
  }

  /// Combines bytes.
  package mutating func combine(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { combine($0) }
  }

  private mutating func combine(_ bytes: UnsafeBufferPointer<UInt8>) {
    combine(word: UInt64(bytes.count))
    let bytes = UnsafeRawBufferPointer(bytes)
    let whole = bytes.count & ~7
    var offset = 0
    while offset < whole {
      combine(
        word: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
      offset += 8
    }
    guard whole < bytes.count else { return }
    var word: UInt64 = 0
    for index in whole..<bytes.count { word |= UInt64(bytes[index]) << UInt64((index - whole) * 8) }
    combine(word: word)
  }

  /// Returns the digest of everything combined so far.
  package func finish() -> ContentDigest {
    var last = self
    last.combine(word: words << 59)
    last.v2 ^= 0xEE
    for _ in 0..<4 { last.round() }
    let low = last.v0 ^ last.v1 ^ last.v2 ^ last.v3
    last.v1 ^= 0xDD
    for _ in 0..<4 { last.round() }
    return ContentDigest(high: last.v0 ^ last.v1 ^ last.v2 ^ last.v3, low: low)
  }

  private mutating func combine(word: UInt64) {
    words &+= 1
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  @inline(__always)
  private mutating func round() {
    v0 &+= v1
    v2 &+= v3
    v1 = Self.rotate(v1, 13) ^ v0
    v3 = Self.rotate(v3, 16) ^ v2
    v0 = Self.rotate(v0, 32)
    v2 &+= v1
    v0 &+= v3
    v1 = Self.rotate(v1, 17) ^ v2
    v3 = Self.rotate(v3, 21) ^ v0
    v2 = Self.rotate(v2, 32)
  }

  @inline(__always)
  private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    word << bits | word >> (64 - bits)
  }
}
