package import FXCore

/// Reads a ticker from the text of a page, whatever elements are around it: lines such as
/// `KGS/USD = 0.01144 -0.42%`, all of them before the page's date and its listing, repeated any
/// number of times. The headlines of the listing are kept as context.
package struct TickerReader: SourceReader {
  /// What the source prints, for errors: `a timesca.com page with its ticker`.
  package var title: String

  /// How the rates are written.
  package var number: NumberFormat

  /// How the page's date is written.
  package var date: DateFormat

  /// How the line begins that stands before the listing.
  package var listingMarks: [String]

  /// What stands before addresses that begin with a slash, such as `https://timesca.com`.
  package var site: String

  package func read(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> SourceReading {
    try WrongPage.refuseEmpty(body, insteadOf: title)
    let text = try CharsetDetection.decode(body, contentType: contentType, .lenient)
    guard Self.isMarkup(text, contentType: contentType) else {
      let ticker = try scan(text, of: body)
      return try reading(of: ticker, headlines: PageHeadlines.inText(text, from: ticker.contextStart))
    }
    if Self.isCut(text) {
      throw ParseError("the page is cut: it begins as HTML and does not end so")
    }
    let page = try HTMLText(text)
    let ticker = try scan(page.bytes, of: body)
    let headings = PageHeadlines.inHTML(page, from: ticker.contextStart, site: site)
    return try reading(
      of: ticker,
      headlines: headings.isEmpty
        ? PageHeadlines.inText(page.bytes, from: ticker.contextStart) : headings)
  }

  private func scan(_ text: [UInt8], of body: [UInt8]) throws(ParseError) -> TickerScan {
    var ticker = TickerScan(text, date: date, listingMarks: listingMarks)
    try ticker.run()
    if ticker.entries.isEmpty { throw WrongPage.sentence(body, insteadOf: title) }
    return ticker
  }

  private func reading(
    of ticker: TickerScan, headlines: [Headline]
  ) throws(ParseError) -> SourceReading {
    var observations: [Observation] = []
    for entry in ticker.entries {
      let figure: ExactDecimal?
      do throws(NumberProblem) {
        figure = try number.read(ticker.text(entry.rate))
      } catch {
        throw ParseError("the ticker's \(entry.pair) cannot be read: \(error.message)")
      }
      guard let figure, let rate = Rate(printed: figure) else { continue }
      let change = ticker.text(entry.change)
      observations.append(
        Observation(
          pair: entry.pair, rate: rate, publishedChange: change.hasSuffix("%") ? change : nil))
    }
    guard !observations.isEmpty else { throw ParseError("the ticker has pairs and no figures") }
    return SourceReading(
      valueDate: ticker.day, observations: observations, headlines: headlines)
  }

  private static func isMarkup(_ text: [UInt8], contentType: String?) -> Bool {
    if text.first(where: { $0 > 0x20 }) == UInt8(ascii: "<") { return true }
    return contentType?.lowercased().contains("html") == true
      && String(decoding: text.prefix(4096), as: UTF8.self).firstRange(of: "</") != nil
  }

  /// Whether the page opens `<html` and its last part closes neither that nor its body.
  private static func isCut(_ text: [UInt8]) -> Bool {
    func lowercased(_ bytes: ArraySlice<UInt8>) -> String {
      String(decoding: bytes, as: UTF8.self).lowercased()
    }
    guard lowercased(text.prefix(1024)).firstRange(of: "<html") != nil else { return false }
    let end = lowercased(text.suffix(16 << 10))
    return end.firstRange(of: "</html") == nil && end.firstRange(of: "</body") == nil
  }
}
