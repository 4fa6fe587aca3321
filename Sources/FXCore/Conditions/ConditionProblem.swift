/// What is wrong with the text of a condition, and where.
package struct ConditionProblem: Error, Hashable, Sendable {
  /// The condition as the user wrote it.
  package let text: String

  /// Where the trouble stands: UTF-8 bytes from the start of the text, at most its length.
  package let offset: Int

  /// How many UTF-8 bytes are in trouble; 0 where something is missing.
  package let length: Int

  /// What is wrong and what to do, in one line without a full stop.
  package let message: String

  /// The most characters shown of the line in trouble: what fits a terminal beside a message.
  package static let maximumShown = 72

  init(_ text: String, _ range: Range<Int>, _ message: String) {
    self.text = text
    self.offset = range.lowerBound
    self.length = range.count
    self.message = message
  }
}

extension ConditionProblem: CustomStringConvertible {
  /// The line in trouble and below it a caret with the message.
  ///
  /// ```
  /// change > 1
  ///          ^ a percent is compared with a number; write 1%
  /// ```
  package var description: String { "\(excerpt) \(message)" }

  /// The line in trouble and below it a caret.
  package var excerpt: String {
    let bytes = Array(text.utf8)
    let offset = min(offset, bytes.count)
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(of: newline) ?? bytes.count
    var before = Self.shown(bytes[start..<offset])
    var marked = Self.shown(bytes[offset..<max(offset, min(offset + length, end))])
    var after = Self.shown(bytes[max(offset, min(offset + length, end))..<end])
    if before.count + marked.count + after.count > Self.maximumShown {
      let part = Self.maximumShown / 3
      if before.count > part { before = "…" + before.suffix(part - 1) }
      if marked.count > part { marked = marked.prefix(part - 1) + "…" }
      if after.count > part { after = after.prefix(part - 1) + "…" }
    }
    let carets = String(repeating: "^", count: max(1, marked.count))
    return before + marked + after + "\n" + String(repeating: " ", count: before.count) + carets
  }

  /// Text in which every character takes one column.
  private static func shown(_ bytes: some Collection<UInt8>) -> String {
    String(
      String(decoding: bytes, as: UTF8.self).map { character in
        character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : character
      })
  }
}
