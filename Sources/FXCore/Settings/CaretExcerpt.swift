/// An excerpt of a text with carets below the place of an error.
package enum CaretExcerpt {
  /// The most characters shown of a line, so that it fits a terminal.
  package static let maximumShown = 72

  /// Returns the line that contains the first of these UTF-8 bytes, and a line with at least one
  /// caret below them; a long line is cut around them.
  ///
  /// ```
  /// change > 1
  ///          ^
  /// ```
  package static func text(of text: String, bytes range: Range<Int>) -> String {
    let bytes = Array(text.utf8)
    let offset = min(range.lowerBound, bytes.count)
    let newline = UInt8(ascii: "\n")
    let start = bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(of: newline) ?? bytes.count
    let stop = max(offset, min(range.upperBound, end))
    var before = shown(bytes[start..<offset])
    var marked = shown(bytes[offset..<stop])
    var after = shown(bytes[stop..<end])
    if before.count + marked.count + after.count > maximumShown {
      let part = maximumShown / 3
      if before.count > part { before = "…" + before.suffix(part - 1) }
      if marked.count > part { marked = marked.prefix(part - 1) + "…" }
      if after.count > part { after = after.prefix(part - 1) + "…" }
    }
    let carets = String(repeating: "^", count: max(1, marked.count))
    return before + marked + after + "\n" + String(repeating: " ", count: before.count) + carets
  }

  /// Returns text in which every character takes one column.
  private static func shown(_ bytes: some Collection<UInt8>) -> String {
    String(
      String(decoding: bytes, as: UTF8.self).map { character in
        character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } ? " " : character
      })
  }
}
