/// The lines and cells of separated text (RFC 4180).
enum CSVLine {
  /// The most cells of a line; the widest table known has 41 currencies.
  private static let maximumCells = 2000

  /// The most lines that one quoted cell goes on for; heads of columns have two or three.
  private static let longestCell = 20

  private static let quote = UInt8(ascii: "\"")

  /// The lines that are not blank, each with its number from 1; a line goes on as long as a cell in
  /// quotes does.
  ///
  /// Linear, but for `longestCell`.
  static func lines(of text: [UInt8]) -> [(number: Int, text: ArraySlice<UInt8>)] {
    let lineEnd: UInt8 = text.contains(0x0A) ? 0x0A : 0x0D
    let printed = text.split(separator: lineEnd, omittingEmptySubsequences: false)
    var lines: [(number: Int, text: ArraySlice<UInt8>)] = []
    var index = 0
    while index < printed.count {
      let first = index
      if opens(printed[first]) {
        let candidates = printed[(first + 1)...].prefix(longestCell)
        index = candidates.firstIndex(where: closes) ?? first
      }
      let line = text[printed[first].startIndex..<printed[index].endIndex]
      if line.contains(where: { $0 > 0x20 }) { lines.append((first + 1, line)) }
      index += 1
    }
    return lines
  }

  /// Whether a line ends inside a quoted cell.
  private static func opens(_ line: ArraySlice<UInt8>) -> Bool {
    guard hasOddQuotes(line), let last = line.lastIndex(of: quote) else { return false }
    return last == line.startIndex || isSeparator(line[last - 1])
  }

  /// Whether a quoted cell from above ends in a line.
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

  /// The cells without the white space around them, quotes taken off.
  static func cells(
    _ line: ArraySlice<UInt8>, _ separator: UInt8
  ) throws(ParseError) -> [String] {
    var cells: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    for byte in line {
      if byte == quote {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        cells.append(text(cell))
        cell.removeAll(keepingCapacity: true)
        guard cells.count < maximumCells else {
          throw ParseError("the text has a line of more than \(maximumCells) cells")
        }
      } else {
        cell.append(byte)
      }
    }
    cells.append(text(cell))
    return cells
  }

  private static func text(_ cell: [UInt8]) -> String {
    String(QuotedText.trimmed(String(decoding: cell, as: UTF8.self)))
  }
}
