/// The marks with which a body ends, by which a body that was cut off is recognized.
///
/// JSON and XML have an end of their own; HTML, text and CSV do not.
package struct BodyEnding: Hashable, Sendable {
  /// True if the last tag is `</html>`.
  let closesDocument: Bool

  /// True if the last byte ends a line.
  let endsLine: Bool

  /// The bytes at the end that are searched for `</html>`; statistics and comments may follow it.
  private static let searchedBytes = 4096

  /// The ending of a body; cost: constant.
  package init(of body: [UInt8]) {
    let end = Array(body.suffix(Self.searchedBytes))
    closesDocument = ByteSearch.firstRange(of: "</html", in: end[...]) != nil
    endsLine = body.last == 0x0A || body.last == 0x0D
  }

  /// True if HTML ends with a number in a table cell that is not closed: it may be half a number.
  package static func endsInCell(_ body: [UInt8]) -> Bool {
    guard let last = body.last(where: { $0 > 0x20 }),
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(last) || last == UInt8(ascii: ".")
        || last == UInt8(ascii: ","),
      body.first(where: { $0 > 0x20 && $0 < 0x80 }) == UInt8(ascii: "<")
    else { return false }
    let end = body.suffix(searchedBytes)
    guard let tag = end.lastIndex(of: UInt8(ascii: "<")) else { return false }
    let rest = Array(end[tag...])
    if ByteSearch.contains(["<td", "<th"], in: rest.prefix(3)) { return true }
    // An element inside of the cell, or before the number.
    guard let cell = lastIndex(of: ["<td", "<th"], in: end) else { return false }
    return !ByteSearch.contains(["</td", "</th", "</tr", "</table"], in: end[cell...])
  }

  private static func lastIndex(of words: [String], in bytes: ArraySlice<UInt8>) -> Int? {
    var found: Int?
    var rest = bytes
    while let next = words.compactMap({ ByteSearch.firstRange(of: $0, in: rest)?.lowerBound }).min()
    {
      found = next
      rest = rest[(next + 1)...]
    }
    return found
  }

  /// Returns the reason to doubt a body of this ending after one of another ending; nil if there is
  /// none.
  package func doubt(after earlier: BodyEnding) -> String? {
    if earlier.closesDocument, !closesDocument {
      return "the body ends before </html>, which earlier ones contain"
    }
    if earlier.endsLine, !endsLine, !closesDocument {
      return "the last line of the body has no end, which earlier ones have"
    }
    return nil
  }
}
