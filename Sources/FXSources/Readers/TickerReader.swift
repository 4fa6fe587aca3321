package import FXCore

/// Reads a ticker from the text of a page, independent of its elements.
///
/// Lines such as `KGS/USD = 0.01144 -0.42%`, all of them before the page's date and its listing,
/// repeated any number of times. The headlines of the listing are kept as context.
package struct TickerReader: SourceReader {
  /// The name of the page, for errors: `a timesca.com page with its ticker`.
  package var title: String

  /// The format of the rates.
  package var number: NumberFormat

  /// The format of the page's date.
  package var date: DateFormat

  /// The beginnings of the line before the listing.
  package var listingMarks: [String]

  /// The prefix of addresses that begin with a slash, such as `https://timesca.com`.
  package var site: String

  package func read(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> SourceReading {
    let (ticker, headlines) = try page(body, contentType: contentType)
    return SourceReading(
      valueDate: ticker.day, observations: try observations(in: ticker).map(\.observation),
      headlines: headlines)
  }

  package func origins(
    in body: [UInt8], contentType: String?
  ) throws(ParseError) -> [ObservationOrigin] {
    let (ticker, _) = try page(body, contentType: contentType)
    return try observations(in: ticker).map { found in
      ObservationOrigin(
        observation: found.observation,
        place: "line \(ticker.line(of: found.entry)) of the page's text, "
          + (found.entry.copies == 1 ? "once" : "\(found.entry.copies) times"),
        printed: [
          .init("pair", found.observation.pair.description),
          .init("rate", ticker.text(found.entry.rate)),
          .init("change", ticker.text(found.entry.change)),
        ])
    }
  }

  /// Reads the ticker of a page, and its headlines.
  private func page(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> (ticker: TickerScan, headlines: [Headline]) {
    try WrongPage.refuseEmpty(body, insteadOf: title)
    try BinaryFormat.refuse(body, insteadOf: title)
    let charset = try CharsetDetection.charset(of: body, contentType: contentType, .lenient)
    if charset == .utf8, !Self.isMarkup(body, contentType: contentType) {
      // The scan looks for ASCII and skips every other byte: no decoding is needed.
      return try page(ofText: body)
    }
    let text = try charset.decode(body, .lenient)
    guard Self.isMarkup(text, contentType: contentType) else { return try page(ofText: text) }
    if Self.isCut(text) {
      throw ParseError("the page is truncated: it begins as HTML and has no end tag")
    }
    let page = try HTMLText(text)
    let ticker = try scan(page.bytes, of: body)
    let headings = PageHeadlines.inHTML(page, from: ticker.contextStart, site: site)
    return (
      ticker,
      headings.isEmpty
        ? PageHeadlines.inText(page.bytes, from: ticker.contextStart) : headings
    )
  }

  private func page(
    ofText text: [UInt8]
  ) throws(ParseError) -> (ticker: TickerScan, headlines: [Headline]) {
    let ticker = try scan(text, of: text)
    return (ticker, PageHeadlines.inText(text, from: ticker.contextStart))
  }

  private func scan(_ text: [UInt8], of body: [UInt8]) throws(ParseError) -> TickerScan {
    var ticker = TickerScan(text, date: date, listingMarks: listingMarks)
    try ticker.run()
    if ticker.entries.isEmpty { throw WrongPage.error(body, insteadOf: title) }
    return ticker
  }

  /// Returns the entries that have a rate.
  private func observations(
    in ticker: TickerScan
  ) throws(ParseError) -> [(observation: Observation, entry: TickerScan.Entry)] {
    var found: [(observation: Observation, entry: TickerScan.Entry)] = []
    for entry in ticker.entries {
      guard let pair = ticker.pair(entry) else { continue }
      let value: ExactDecimal?
      do throws(NumberProblem) {
        value = try number.read(ticker.text(entry.rate))
      } catch {
        throw ParseError("the ticker's \(pair) cannot be read: \(error.message)")
      }
      guard let value, let rate = Rate(printed: value) else { continue }
      let change = ticker.text(entry.change)
      let observation = Observation(
        pair: pair, rate: rate,
        publishedChange: change.hasSuffix("%")
          ? QuotedText.cut(change, maximumLength: Observation.longestChange) : nil)
      found.append((observation, entry))
    }
    guard !found.isEmpty else { throw ParseError("the ticker has pairs but no rates") }
    return found
  }

  private static func isMarkup(_ text: [UInt8], contentType: String?) -> Bool {
    if text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") { return true }
    return contentType?.lowercased().contains("html") == true
      && ByteSearch.contains(["</"], in: text.prefix(4096))
  }

  /// True if the page opens `<html` and its last part closes neither that nor its body.
  private static func isCut(_ text: [UInt8]) -> Bool {
    ByteSearch.contains(["<html"], in: text.prefix(1024))
      && !ByteSearch.contains(["</html", "</body"], in: text.suffix(16 << 10))
  }
}
