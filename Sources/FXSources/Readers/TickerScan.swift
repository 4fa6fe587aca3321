import FXCore

/// Finds the ticker in the text of a page, in one pass over its lines.
///
/// A ticker line contains only entries; an entry is a pair, `=`, a rate and a change, with any white
/// space between. After the first entry the search ends at the page's date, at the line before the
/// listing, or at the first line of prose: numbers in articles are never read.
struct TickerScan {
  /// One pair, with the ranges of its first copy.
  struct Entry {
    /// The offset of the seven bytes of its pair.
    let name: Int
    let rate: Range<Int>
    let change: Range<Int>
    /// The number of its copies on the page.
    var copies = 1
  }

  /// The entries in page order.
  private(set) var entries: [Entry] = []

  /// The page's date; nil if it has none.
  private(set) var day: CalendarDay?

  /// The offset of the text after the ticker.
  private(set) var contextStart = 0

  /// The most bytes of a menu or a button; a longer line is prose.
  private static let longestCaption = 80

  /// The most pairs of a ticker.
  private static let maximumPairs = 200

  let bytes: [UInt8]
  private let date: DateFormat
  private let listingMarks: [[UInt8]]
  private var pending: [Entry] = []
  private var expected = 0

  init(_ bytes: [UInt8], date: DateFormat, listingMarks: [String]) {
    self.bytes = bytes
    self.date = date
    self.listingMarks = listingMarks.map { Array($0.utf8) }
  }

  /// Returns the pair of an entry.
  func pair(_ entry: Entry) -> CurrencyPair? { CurrencyPair(pairText(entry.name)) }

  /// Returns the text of a range.
  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// Returns the line number of an entry's first copy in the text.
  func line(of entry: Entry) -> Int { 1 + bytes[..<entry.name].count { $0 == 0x0A } }

  private func isListing(_ start: Int) -> Bool {
    listingMarks.contains { mark in
      mark.first == bytes[start] && bytes[start...].starts(with: mark)
    }
  }

  /// Returns the words of a short line, separated by one space; empty for a long line.
  private func words(_ line: Range<Int>) -> String {
    guard line.count <= Self.longestCaption else { return "" }
    let visible = String(decoding: bytes[line].filter { $0 != HTMLText.seam }, as: UTF8.self)
    return QuotedText.oneLine(visible, maximumLength: Self.longestCaption)
  }

  /// Finds the entries, the date and the start of the listing.
  ///
  /// - Throws: `ParseError` if copies of a pair differ or the ticker is truncated.
  mutating func run() throws(ParseError) {
    var position = 0
    var isDirectlyAfterTicker = false
    while true {
      let start = skipping(from: position, lines: true)
      guard start < bytes.count else { break }
      if day == nil, let end = try readEntries(at: start) {
        position = end
        contextStart = end
        isDirectlyAfterTicker = true
        continue
      }
      let end = lineEnd(from: start)
      if isDirectlyAfterTicker, end == bytes.count, isBeginningOfEntry(start..<end) {
        throw ParseError(
          "the page is truncated inside its ticker, at \(QuotedText.quoted(text(start..<end)))")
      }
      isDirectlyAfterTicker = false
      if isListing(start) {
        contextStart = end
        break
      }
      if !entries.isEmpty {
        if day == nil, NumberMarks.isDigit(bytes[start]), let found = date.read(words(start..<end))
        {
          day = found
          contextStart = end
        } else if end - start > Self.longestCaption {
          break
        }
      }
      position = end
    }
    try checkCopies()
  }

  private func checkCopies() throws(ParseError) {
    guard let most = entries.max(by: { $0.copies < $1.copies }),
      let fewest = entries.min(by: { $0.copies < $1.copies }), most.copies != fewest.copies
    else { return }
    throw ParseError(
      "the ticker is incomplete: it has \(pairText(most.name)) \(most.copies) times and"
        + " \(pairText(fewest.name)) \(fewest.copies) times")
  }

  /// Reads a line that contains only entries, and returns its end; nil for any other line.
  private mutating func readEntries(at start: Int) throws(ParseError) -> Int? {
    pending.removeAll(keepingCapacity: true)
    var position = start
    while let entry = try entry(at: position) {
      pending.append(entry)
      position = skipping(from: entry.change.upperBound, lines: false)
      if position == bytes.count || bytes[position] == 0x0A {
        for entry in pending { try append(entry) }
        return position
      }
    }
    return nil
  }

  /// Appends an entry, or counts it as a copy, which must be equal to the first.
  private mutating func append(_ entry: Entry) throws(ParseError) {
    if !entries.indices.contains(expected) || !isSame(entries[expected].name, entry.name, count: 7)
    {
      expected = entries.firstIndex { isSame($0.name, entry.name, count: 7) } ?? entries.count
    }
    guard expected < entries.count else {
      guard entries.count < Self.maximumPairs else {
        throw ParseError("the ticker has more than \(Self.maximumPairs) pairs")
      }
      entries.append(entry)
      expected = 0
      return
    }
    let first = entries[expected]
    if !isSame(first.rate, entry.rate) || !isSame(first.change, entry.change) {
      throw ParseError(
        "the copies of the ticker differ: \(pairText(entry.name)) is"
          + " \(QuotedText.quoted(text(first.rate) + " " + text(first.change))) and"
          + " \(QuotedText.quoted(text(entry.rate) + " " + text(entry.change)))")
    }
    entries[expected].copies += 1
    expected = expected + 1 == entries.count ? 0 : expected + 1
  }

  /// Returns the entry at an offset; nil if there is none.
  private func entry(at start: Int) throws(ParseError) -> Entry? {
    guard isPair(start) else { return nil }
    var position = skipping(from: start + 7, lines: true, bullets: false)
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return nil }
    position = skipping(from: position + 1, lines: true, bullets: false)
    let rate = token(at: position)
    guard isNumeric(rate) else {
      if rate.isEmpty { throw truncated(start) }
      return nil
    }
    let line = skipping(from: rate.upperBound, lines: false, bullets: false)
    position = skipping(from: line, lines: true, bullets: false)
    if let change = change(at: position) {
      return Entry(name: start, rate: rate, change: change)
    }
    if line == bytes.count || bytes[line] == 0x0A || isNumeric(token(at: position)) {
      throw truncated(start)
    }
    return nil
  }

  private func truncated(_ name: Int) -> ParseError {
    ParseError(
      "the ticker's \(pairText(name)) has no rate with a change such as -0.42%: the page is truncated"
        + " or its format changed")
  }

  private func pairText(_ name: Int) -> String { text(name..<(name + 7)) }

  private func isPair(_ start: Int) -> Bool {
    guard start + 7 <= bytes.count, bytes[start + 3] == UInt8(ascii: "/"),
      isCapital(bytes[start]), isCapital(bytes[start + 1]), isCapital(bytes[start + 2]),
      isCapital(bytes[start + 4]), isCapital(bytes[start + 5]), isCapital(bytes[start + 6])
    else { return false }
    return start + 7 == bytes.count || !isWord(bytes[start + 7])
  }

  /// Returns the bytes up to the next white space or seam.
  private func token(at start: Int) -> Range<Int> {
    var end = start
    while end < bytes.count, bytes[end] > 0x20, !isNoBreakSpace(end) { end += 1 }
    return start..<end
  }

  private func isNumeric(_ token: Range<Int>) -> Bool {
    guard let first = token.first.map({ bytes[$0] }) else { return false }
    if NumberMarks.isDigit(first) { return true }
    let isMark = [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(first)
    if isMark, token.count > 1 { return NumberMarks.isDigit(bytes[token.lowerBound + 1]) }
    return isAbsent(token)
  }

  private func isAbsent(_ token: Range<Int>) -> Bool {
    switch token.count {
    case 1: bytes[token.lowerBound] == UInt8(ascii: "-")
    case 3: bytes[token].elementsEqual("N/A".utf8) || bytes[token].elementsEqual("n/a".utf8)
    default: false
    }
  }

  /// Returns the change at an offset: sign, digits, `%`; or the text printed for a missing one.
  private func change(at start: Int) -> Range<Int>? {
    var end = start
    if end < bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "+") {
      end += 1
    } else if isMinus(end) {
      end += 3
    }
    let digits = end
    while end < bytes.count,
      NumberMarks.isDigit(bytes[end]) || bytes[end] == UInt8(ascii: ".")
        || bytes[end] == UInt8(ascii: ",")
    {
      end += 1
    }
    guard end > digits else {
      let token = token(at: start)
      return token.upperBound < bytes.count && isAbsent(token) ? token : nil
    }
    let percent = skipping(from: end, lines: false, bullets: false)
    guard percent < bytes.count, bytes[percent] == UInt8(ascii: "%") else { return nil }
    return start..<(percent + 1)
  }

  /// True if the last line of a page may be an entry that was truncated before its `=`.
  private func isBeginningOfEntry(_ line: Range<Int>) -> Bool {
    let word = bytes[line].filter { $0 > 0x20 }
    guard word.count <= 8 else { return false }
    return word.enumerated().allSatisfy { index, byte in
      switch index {
      case 3: byte == UInt8(ascii: "/")
      case 7: byte == UInt8(ascii: "=")
      default: isCapital(byte)
      }
    }
  }
}
