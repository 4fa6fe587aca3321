import FXCore

/// Extracts the headlines of a listing, which notifications show as context.
enum PageHeadlines {
  /// The most characters of one headline.
  private static let maximumLength = 300

  /// The most bytes of a headline's line, and the fewest of the line below it, which begins its
  /// article.
  private static let longestTitle = 240
  private static let shortestArticle = 100

  /// Returns the headings after an offset in the page's text, with their links.
  static func inHTML(_ page: HTMLText, from start: Int, site: String) -> [Headline] {
    var headlines: [Headline] = []
    for heading in page.headings where heading.range.lowerBound >= start {
      if headlines.count == SourceReading.maximumHeadlines { break }
      let text = page.bytes[heading.range].filter { $0 != HTMLText.seam }
      let link = link(heading.link, site: site)
      if let found = headline(String(decoding: text, as: UTF8.self), link: link) {
        headlines.append(found)
      }
    }
    return headlines
  }

  /// Returns the headlines after an offset in plain text: lines followed by a longer line, which begins
  /// the article.
  static func inText(_ text: [UInt8], from start: Int) -> [Headline] {
    var headlines: [Headline] = []
    var title: Range<Int>?
    var position = start
    while position < text.count, headlines.count < SourceReading.maximumHeadlines {
      var end = position
      while end < text.count, text[end] != 0x0A { end += 1 }
      let line = position..<end
      position = end + 1
      guard text[line].contains(where: { $0 > 0x20 }) else { continue }
      if let candidate = title, line.count >= max(shortestArticle, candidate.count + 1) {
        let words = text[candidate].filter { $0 != HTMLText.seam }
        if let found = headline(String(decoding: words, as: UTF8.self), link: nil) {
          headlines.append(found)
        }
        title = nil
      } else {
        title = line.count <= longestTitle ? line : nil
      }
    }
    return headlines
  }

  private static func headline(_ text: String, link: String?) -> Headline? {
    let title = QuotedText.oneLine(text, maximumLength: maximumLength - 1)
    return title.isEmpty ? nil : Headline(title: title, link: link)
  }

  /// Returns an absolute http or https address without spaces; nil for any other text.
  private static func link(_ written: String?, site: String) -> String? {
    guard let written = written.map({ QuotedText.trimmed($0) }), written.utf8.count <= 2000,
      written.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F })
    else { return nil }
    if written.hasPrefix("http://") || written.hasPrefix("https://") { return String(written) }
    return written.hasPrefix("/") && !written.hasPrefix("//") ? site + written : nil
  }
}
