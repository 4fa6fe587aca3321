import FXCore
import Testing

@Suite("The hash of content")
struct ContentHasherTests {
  /// The vectors 0 and 8 of `vectors_sip128` (https://github.com/veorq/SipHash/blob/master/vectors.h).
  @Test("is SipHash-2-4 with 128 bits")
  func reference() {
    let key = ContentDigest(high: 0x0F0E_0D0C_0B0A_0908, low: 0x0706_0504_0302_0100)
    #expect(
      ContentHasher(key: key).finish()
        == ContentDigest(high: 0x9302_55C7_1472_F66D, low: 0xE6A8_25BA_047F_81A3))
    var hasher = ContentHasher(key: key)
    hasher.combine(Int64(0x0706_0504_0302_0100))
    #expect(
      hasher.finish() == ContentDigest(high: 0xB497_14F3_64E2_830F, low: 0x61F5_5862_BAA9_623B))
  }

  @Test("is different for texts that are divided differently, and for what is missing")
  func injective() {
    func digest(_ body: (inout ContentHasher) -> Void) -> ContentDigest {
      var hasher = ContentHasher()
      body(&hasher)
      return hasher.finish()
    }
    let digests = [
      digest {
        $0.combine("ab")
        $0.combine("c")
      },
      digest {
        $0.combine("a")
        $0.combine("bc")
      },
      digest { $0.combine("abc") }, digest { $0.combine("abc\0") }, digest { _ in },
      digest { $0.combine(Int64?.none) }, digest { $0.combine(Int64?.some(0)) },
      digest { $0.combine("abcdefgh") }, digest { $0.combine("abcdefgh\0") },
    ]
    #expect(Set(digests).count == digests.count)
  }

  @Test("has a text that is read again, and no other text is")
  func text() {
    let digest = ContentDigest(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210)
    #expect(digest.text == "0123456789abcdeffedcba9876543210")
    #expect(digest.hexadecimal(digits: 20) == "0123456789abcdeffedc")
    #expect(ContentDigest(digest.text) == digest)
    for text in ["", "0", digest.text + "0", "0123456789ABCDEFfedcba9876543210", "é" + digest.text]
    {
      #expect(ContentDigest(text) == nil)
    }
  }
}
