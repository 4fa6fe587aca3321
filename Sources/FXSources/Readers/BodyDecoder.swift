/// Decodes the bodies of one source to UTF-8 and finds the document inside them.
struct BodyDecoder {
  /// The name of the rates, for errors.
  let title: String

  /// The charset from the source's settings.
  let charset: Charset?

  /// Finds the document inside a body, from the outermost inward.
  let inside: [Enclosure]

  /// Returns a body, or the document inside it, as UTF-8; throws if it is empty.
  func text(
    of body: [UInt8], contentType: String?, _ strictness: Charset.Strictness
  ) throws(ParseError) -> [UInt8] {
    try WrongPage.refuseEmpty(body, insteadOf: title)
    try BinaryFormat.refuse(body, insteadOf: title)
    var text = try decoded(body, contentType: contentType, strictness)
    for enclosure in inside { text = try enclosure.document(in: text, insteadOf: title) }
    return text
  }

  private func decoded(
    _ body: [UInt8], contentType: String?, _ strictness: Charset.Strictness
  ) throws(ParseError) -> [UInt8] {
    do throws(ParseError) {
      return try CharsetDetection.decode(
        body, contentType: contentType, declared: charset, strictness)
    } catch {
      // Text has no zero bytes, except in UTF-16.
      if body.prefix(Self.searchedBytes).contains(0) {
        throw WrongPage.error(body, insteadOf: title)
      }
      throw error
    }
  }

  /// The number of bytes in which zeros show that a body is not text.
  private static let searchedBytes = 4096

  /// Returns a body of markup as UTF-8; throws if it is not markup.
  func text(
    of body: [UInt8], contentType: String?, _ markup: XMLRates.Markup
  ) throws(ParseError) -> [UInt8] {
    if markup == .html, BodyEnding.endsInCell(body) {
      throw ParseError("the body ends with a number inside of a table cell; it is cut off")
    }
    let strictness = markup == .xml ? Charset.Strictness.strict : .lenient
    let text = try text(of: body, contentType: contentType, strictness)
    // Some servers send lines before the XML declaration, which must be first.
    guard let start = text.firstIndex(where: { $0 > 0x20 }), text[start] == UInt8(ascii: "<"),
      markup == .html || !WrongPage.isHTML(text)
    else {
      throw WrongPage.error(text, insteadOf: title)
    }
    return start == 0 ? text : Array(text[start...])
  }
}
