import CLibXML2

/// Collects text from the parser's callbacks, within one parse and on one thread.
final class HTMLTextCollector {
  var bytes: [UInt8] = []
  var headings: [HTMLText.Heading] = []
  var isTooDeep = false

  private let parser: htmlParserCtxtPtr
  private var depth = 0
  private var hiddenDepth: Int?
  private var openLink: String?
  private var heading: (start: Int, link: String?)?

  init(parser: htmlParserCtxtPtr) { self.parser = parser }

  /// Installs the callbacks, which replace the building of a tree.
  func listen() {
    guard let handler = parser.pointee.sax else { return }
    handler.pointee = htmlSAXHandler()
    parser.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    handler.pointee.startElement = { context, name, attributes in
      guard let name else { return }
      HTMLTextCollector.of(context)?.start(String(cString: name), attributes)
    }
    handler.pointee.endElement = { context, name in
      guard let name else { return }
      HTMLTextCollector.of(context)?.end(String(cString: name))
    }
    handler.pointee.characters = { context, text, count in
      HTMLTextCollector.of(context)?.add(UnsafeBufferPointer(start: text, count: Int(count)))
    }
    handler.pointee.ignorableWhitespace = handler.pointee.characters
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> HTMLTextCollector? {
    context.map { Unmanaged<HTMLTextCollector>.fromOpaque($0).takeUnretainedValue() }
  }

  private func start(
    _ name: String, _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) {
    depth += 1
    if depth > BodyLimits.maximumDepth {
      isTooDeep = true
      xmlStopParser(parser)
      return
    }
    if hiddenDepth == nil, Self.hidden.contains(name) { hiddenDepth = depth }
    separate(name)
    if name == "a" {
      openLink = Self.value(of: "href", in: attributes)
      if heading != nil, heading?.link == nil { heading?.link = openLink }
    } else if Self.headingNames.contains(name) {
      heading = (bytes.count, openLink)
    }
  }

  private func end(_ name: String) {
    if hiddenDepth == depth { hiddenDepth = nil }
    depth -= 1
    if Self.headingNames.contains(name), let open = heading {
      headings.append(HTMLText.Heading(range: open.start..<bytes.count, link: open.link))
      heading = nil
    }
    if name == "a" { openLink = nil }
    separate(name)
  }

  private func add(_ text: UnsafeBufferPointer<xmlChar>) {
    guard hiddenDepth == nil else { return }
    var index = 0
    while index < text.count {
      let start = index
      while index < text.count, text[index] > 0x20, text[index] != 0x7F { index += 1 }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
      guard index < text.count else { break }
      let isSpace = text[index] == 0x20 || (0x09...0x0D).contains(text[index])
      if isSpace, let last = bytes.last, last != 0x20, last != 0x0A { bytes.append(0x20) }
      index += 1
    }
  }

  private func separate(_ name: String) {
    guard let last = bytes.last, last != 0x0A else { return }
    if !Self.inline.contains(name) {
      bytes.append(0x0A)
    } else if last != 0x20, last != HTMLText.seam {
      bytes.append(HTMLText.seam)
    }
  }

  private static func value(
    of wanted: String, in attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
  ) -> String? {
    var next = attributes
    while let pair = next, let name = pair[0] {
      if String(cString: name) == wanted { return pair[1].map { String(cString: $0) } }
      next = pair.advanced(by: 2)
    }
    return nil
  }

  private static let headingNames: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]

  /// Elements whose text is not visible.
  private static let hidden: Set<String> = [
    "script", "style", "title", "noscript", "template", "textarea", "select", "svg", "object",
    "iframe",
  ]

  /// Elements that do not begin a new line.
  private static let inline: Set<String> = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "nobr", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
  ]
}
