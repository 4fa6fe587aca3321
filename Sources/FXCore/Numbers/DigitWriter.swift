/// Writes ASCII into a buffer, so that numbers, days and instants become text without intermediate
/// strings.
struct DigitWriter: ~Copyable {
  private let buffer: UnsafeMutableBufferPointer<UInt8>
  fileprivate private(set) var count = 0

  fileprivate init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  /// Writes one character; does nothing if the buffer is full.
  mutating func write(_ character: UInt8) {
    guard count < buffer.count else { return }
    buffer[count] = character
    count += 1
  }

  /// Writes the digits of a number, padded with zeros on the left to a width.
  mutating func write(_ number: UInt64, width: Int = 1) {
    var digits = 1
    var rest = number / 10
    while rest > 0 {
      digits += 1
      rest /= 10
    }
    digits = max(digits, width)
    guard count + digits <= buffer.count else { return }
    rest = number
    var place = count + digits
    while place > count {
      place -= 1
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      buffer[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      rest = quotient
    }
    count += digits
  }
}

extension String {
  /// Makes a string of at most `capacity` characters from what `write` writes; the rest is dropped.
  init(asciiCapacity capacity: Int, _ write: (inout DigitWriter) -> Void) {
    self.init(unsafeUninitializedCapacity: capacity) { buffer in
      var writer = DigitWriter(UnsafeMutableBufferPointer(rebasing: buffer[..<capacity]))
      write(&writer)
      return writer.count
    }
  }
}
