/// Splits separated text into lines and cells (RFC 4180).
enum CSVLine {
  /// The most cells of a line; the widest table known has 41 currencies.
  private static let maximumCells = 2000

  /// The most lines of one quoted cell; column headers have two or three.
  private static let longestCell = 20

  private static let quote = UInt8(ascii: "\"")

  /// Returns the lines that are not blank, with their numbers from 1; a line break in a quoted cell
  /// does not end a line.
  ///
  /// Linear, except for a factor of `longestCell`.
  static func lines(of text: [UInt8]) -> [(number: Int, text: ArraySlice<UInt8>)] {
    let lineEnd: UInt8 = text.contains(0x0A) ? 0x0A : 0x0D
    let hasQuotes = text.contains(quote)
    let printed = text.split(separator: lineEnd, omittingEmptySubsequences: false)
    var lines: [(number: Int, text: ArraySlice<UInt8>)] = []
    lines.reserveCapacity(printed.count)
    var index = 0
    while index < printed.count {
      let first = index
      if hasQuotes, opens(printed[first]) {
        let candidates = printed[(first + 1)...].prefix(longestCell)
        index = candidates.firstIndex(where: closes) ?? first
      }
      let line = text[printed[first].startIndex..<printed[index].endIndex]
      if line.contains(where: { $0 > 0x20 }) { lines.append((first + 1, line)) }
      index += 1
    }
    return lines
  }

  /// Returns true if a line ends inside a quoted cell.
  private static func opens(_ line: ArraySlice<UInt8>) -> Bool {
    guard hasOddQuotes(line), let last = line.lastIndex(of: quote) else { return false }
    return last == line.startIndex || isSeparator(line[last - 1])
  }

  /// Returns true if a quoted cell from a line above ends in this line.
  private static func closes(_ line: ArraySlice<UInt8>) -> Bool {
    guard hasOddQuotes(line), let first = line.firstIndex(of: quote) else { return false }
    let next = line[(first + 1)...].first
    return next.map { isSeparator($0) || $0 == 0x0D } ?? true
  }

  private static func hasOddQuotes(_ line: ArraySlice<UInt8>) -> Bool {
    line.count { $0 == quote } % 2 == 1
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    [UInt8(ascii: ","), UInt8(ascii: ";"), 0x09, UInt8(ascii: "|")].contains(byte)
  }

  /// Returns the cells of a line, trimmed and without quotes.
  ///
  /// `expected` is the probable number of cells, for the allocation.
  static func cells(
    _ line: ArraySlice<UInt8>, _ separator: UInt8, expected: Int = 0
  ) throws(ParseError) -> [String] {
    var cells: [String] = []
    cells.reserveCapacity(expected)
    var start = line.startIndex
    var isQuoted = false
    var hasQuotes = false
    for (place, byte) in zip(line.indices, line) {
      if byte == quote {
        isQuoted.toggle()
        hasQuotes = true
      } else if byte == separator, !isQuoted {
        cells.append(text(line[start..<place], hasQuotes: hasQuotes))
        start = place + 1
        hasQuotes = false
        guard cells.count < maximumCells else {
          throw ParseError("the text has a line of more than \(maximumCells) cells")
        }
      }
    }
    cells.append(text(line[start...], hasQuotes: hasQuotes))
    return cells
  }

  private static func text(_ cell: ArraySlice<UInt8>, hasQuotes: Bool) -> String {
    if hasQuotes { return text(ArraySlice(cell.filter { $0 != quote }), hasQuotes: false) }
    guard let first = cell.first, let last = cell.last else { return "" }
    let text = String(decoding: cell, as: UTF8.self)
    // The most common case: there is no white space to trim.
    return isVisible(first) && isVisible(last) ? text : String(QuotedText.trimmed(text))
  }

  private static func isVisible(_ byte: UInt8) -> Bool { (0x21..<0x7F).contains(byte) }
}
