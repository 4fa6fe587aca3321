import CLibXML2

/// The visible text of an HTML page: one line per block element, with its headings and their links.
///
/// Read in one pass of libxml2's SAX parser, without a tree or network access.
struct HTMLText {
  /// One heading (`h1` to `h6`) of the page.
  struct Heading: Hashable {
    /// The range of its text in `bytes`.
    let range: Range<Int>

    /// The address of its first link, or of the link around it, as written.
    let link: String?
  }

  /// The byte in `bytes` between two elements on one line: white space for a search for words,
  /// removed where text is shown.
  static let seam: UInt8 = 0x1F

  /// The text as UTF-8.
  private(set) var bytes: [UInt8]

  /// The headings in page order.
  private(set) var headings: [Heading]

  /// Reads a page of UTF-8 text, with the error recovery of browsers.
  ///
  /// - Throws: `ParseError` if the page exceeds `BodyLimits`.
  init(_ text: [UInt8]) throws(ParseError) {
    LibXML2.start()
    try MarkupLimits.check(text, refusesEntities: false)
    guard let parser = htmlNewParserCtxt() else { throw LibXML2.outOfMemory }
    defer { htmlFreeParserCtxt(parser) }
    let collector = HTMLTextCollector(parser: parser)
    collector.bytes.reserveCapacity(text.count)
    collector.listen()
    withExtendedLifetime(collector) {
      text.withUnsafeBytes { bytes in
        let document = htmlCtxtReadMemory(
          parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil,
          "UTF-8", LibXML2.htmlOptions)
        xmlFreeDoc(document)
      }
    }
    if collector.isTooDeep {
      throw ParseError("the page nests more than \(BodyLimits.maximumDepth) elements")
    }
    bytes = collector.bytes
    headings = collector.headings
  }
}
