extension TickerScan {
  /// Returns the next offset that is neither white space nor, if allowed, a bullet.
  func skipping(from start: Int, lines: Bool, bullets: Bool = true) -> Int {
    var position = start
    while position < bytes.count {
      let byte = bytes[position]
      if byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == HTMLText.seam
        || (lines && byte == 0x0A)
      {
        position += 1
      } else if byte < 0x80 {
        guard bullets, byte == UInt8(ascii: "*") || byte == UInt8(ascii: "|") else { break }
        position += 1
      } else if isNoBreakSpace(position) || (bullets && isTwoByteBullet(position)) {
        position += 2
      } else if isWideSpace(position) || (bullets && isBullet(position)) {
        position += 3
      } else {
        break
      }
    }
    return position
  }

  func lineEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    return end
  }

  func isNoBreakSpace(_ index: Int) -> Bool {
    bytes[index] == 0xC2 && index + 1 < bytes.count && bytes[index + 1] == 0xA0
  }

  /// U+00B7, the middle dot.
  func isTwoByteBullet(_ index: Int) -> Bool {
    bytes[index] == 0xC2 && index + 1 < bytes.count && bytes[index + 1] == 0xB7
  }

  /// U+2212, the minus sign.
  func isMinus(_ index: Int) -> Bool {
    index + 2 < bytes.count && bytes[index] == 0xE2 && bytes[index + 1] == 0x88
      && bytes[index + 2] == 0x92
  }

  /// U+2009, U+200B, U+202F and U+FEFF.
  func isWideSpace(_ index: Int) -> Bool {
    guard index + 2 < bytes.count else { return false }
    switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
    case (0xE2, 0x80, 0x89), (0xE2, 0x80, 0x8B), (0xE2, 0x80, 0xAF), (0xEF, 0xBB, 0xBF): return true
    default: return false
    }
  }

  /// U+2022, U+2023, U+25CF, U+25E6, U+25AA and U+25A0.
  func isBullet(_ index: Int) -> Bool {
    guard index + 2 < bytes.count else { return false }
    switch (bytes[index], bytes[index + 1], bytes[index + 2]) {
    case (0xE2, 0x80, 0xA2), (0xE2, 0x80, 0xA3), (0xE2, 0x97, 0x8F), (0xE2, 0x97, 0xA6),
      (0xE2, 0x96, 0xAA), (0xE2, 0x96, 0xA0):
      return true
    default: return false
    }
  }

  func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }

  func isWord(_ byte: UInt8) -> Bool {
    NumberMarks.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      || byte == UInt8(ascii: "/")
  }

  func isSame(_ left: Int, _ right: Int, count: Int) -> Bool {
    isSame(left..<(left + count), right..<(right + count))
  }

  func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
    guard left.count == right.count else { return false }
    for offset in 0..<left.count
    where bytes[left.lowerBound + offset] != bytes[right.lowerBound + offset] {
      return false
    }
    return true
  }
}
