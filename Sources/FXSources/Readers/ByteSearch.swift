/// Searches bytes for ASCII words, case-insensitively.
enum ByteSearch {
  /// Returns the range of the first occurrence of a word, which is given in lower case.
  ///
  /// Linear for words whose first letter does not repeat in them.
  static func firstRange(of word: String, in bytes: ArraySlice<UInt8>) -> Range<Int>? {
    let wanted = Array(word.utf8)
    let found = bytes.withUnsafeBufferPointer { bytes -> Int? in
      var start = 0
      while start + wanted.count <= bytes.count {
        var matched = 0
        while matched < wanted.count, lowercased(bytes[start + matched]) == wanted[matched] {
          matched += 1
        }
        if matched == wanted.count { return start }
        start += 1
      }
      return nil
    }
    return found.map { bytes.startIndex + $0..<bytes.startIndex + $0 + wanted.count }
  }

  /// Returns true if the bytes contain any of the words.
  static func contains(_ words: [String], in bytes: ArraySlice<UInt8>) -> Bool {
    words.contains { firstRange(of: $0, in: bytes) != nil }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }
}
