import CLibXML2

/// An XML or HTML document in memory, queried by XPath.
///
/// Not Sendable: it exists within one reading. Namespaces are dropped after parsing, so that
/// `//Cube[@currency]` finds elements of any namespace: publishers change theirs (Banca Naţională a
/// României did in 2026) without changing the documents. No network, no external entities, no entity
/// expansion.
final class XMLTree {
  private let document: xmlDocPtr
  private let context: xmlXPathContextPtr

  /// A node of the tree; valid during the tree's lifetime.
  typealias Node = xmlNodePtr

  /// Parses a whole document of UTF-8 text; the charset in its declaration is ignored.
  init(_ text: [UInt8], _ markup: XMLRates.Markup) throws(ParseError) {
    LibXML2.start()
    try MarkupLimits.check(text, refusesEntities: markup == .xml)
    let parsed = try markup == .xml ? Self.parsedXML(text) : Self.parsedHTML(text)
    guard let context = xmlXPathNewContext(parsed) else {
      xmlFreeDoc(parsed)
      throw LibXML2.outOfMemory
    }
    document = parsed
    self.context = context
    LibXML2.limit(context)
    if markup == .xml { dropNamespaces() }
  }

  private static func parsedXML(_ text: [UInt8]) throws(ParseError) -> xmlDocPtr {
    let options =
      XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
      | XML_PARSE_NOCDATA.rawValue | XML_PARSE_COMPACT.rawValue | XML_PARSE_IGNORE_ENC.rawValue
    guard let parser = xmlNewParserCtxt() else { throw LibXML2.outOfMemory }
    defer { xmlFreeParserCtxt(parser) }
    let parsed = text.withUnsafeBytes { bytes in
      xmlCtxtReadMemory(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil,
        "UTF-8", Int32(options))
    }
    guard let parsed else { throw LibXML2.problem(of: parser) }
    return parsed
  }

  private static func parsedHTML(_ text: [UInt8]) throws(ParseError) -> xmlDocPtr {
    guard let parser = htmlNewParserCtxt() else { throw LibXML2.outOfMemory }
    defer { htmlFreeParserCtxt(parser) }
    // libxml2 limits the depth of XML, but not of HTML.
    parser.pointee.sax?.pointee.startElement = { context, name, attributes in
      guard let parser = context?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
      if parser.pointee.nodeNr >= BodyLimits.maximumDepth {
        xmlStopParser(parser)
      } else {
        xmlSAX2StartElement(context, name, attributes)
      }
    }
    let parsed = text.withUnsafeBytes { bytes in
      htmlCtxtReadMemory(
        parser, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), nil,
        "UTF-8", LibXML2.htmlOptions)
    }
    guard let parsed else { throw ParseError("the body is not HTML") }
    if parser.pointee.errNo == XML_ERR_USER_STOP.rawValue {
      xmlFreeDoc(parsed)
      throw ParseError("the page nests more than \(BodyLimits.maximumDepth) elements")
    }
    return parsed
  }

  deinit {
    xmlXPathFreeContext(context)
    xmlFreeDoc(document)
  }

  /// The name of the root element.
  var rootName: String {
    xmlDocGetRootElement(document).flatMap { $0.pointee.name }.map { String(cString: $0) } ?? ""
  }

  /// Returns the nodes that an expression finds from a node or the document, in document order.
  func nodes(_ path: XPath.Compiled, at node: Node? = nil) throws(ParseError) -> [Node] {
    let result = try evaluate(
      path, at: node ?? UnsafeMutableRawPointer(document).assumingMemoryBound(to: xmlNode.self))
    defer { xmlXPathFreeObject(result) }
    guard result.pointee.type == XPATH_NODESET, let set = result.pointee.nodesetval,
      let table = set.pointee.nodeTab
    else { return [] }
    return (0..<Int(set.pointee.nodeNr)).compactMap { table[$0] }
  }

  /// Passes the nodes that an expression finds to `handle`, during which they are valid.
  func eachNode(
    _ path: XPath, _ handle: (Node) throws(ParseError) -> Void
  ) throws(ParseError) {
    for node in try nodes(path.compiled()) { try handle(node) }
  }

  /// Returns the text that an expression finds from a node or the document; nil if it finds none.
  func text(_ path: XPath.Compiled, at node: Node? = nil) throws(ParseError) -> String? {
    let start = node ?? UnsafeMutableRawPointer(document).assumingMemoryBound(to: xmlNode.self)
    let result = try evaluate(path, at: start)
    defer { xmlXPathFreeObject(result) }
    if result.pointee.type == XPATH_NODESET {
      guard let set = result.pointee.nodesetval, set.pointee.nodeNr > 0 else { return nil }
    }
    guard let text = xmlXPathCastToString(result) else { return nil }
    defer { fx_xml_free(text) }
    return String(cString: text)
  }

  /// Returns the line of the body on which an element or attribute begins.
  static func line(of node: Node) -> Int { max(1, xmlGetLineNo(node)) }

  /// Returns the elements inside a node, without searching further.
  static func children(of node: Node) -> [Node] {
    var children: [Node] = []
    var next = node.pointee.children
    while let current = next {
      if current.pointee.type == XML_ELEMENT_NODE { children.append(current) }
      next = current.pointee.next
    }
    return children
  }

  /// True if an element has this name.
  static func hasName(_ name: StaticString, _ node: Node) -> Bool {
    node.pointee.name.map { text in
      name.withUTF8Buffer { wanted in
        xmlStrEqual(text, wanted.baseAddress) != 0
      }
    } ?? false
  }

  /// Returns the value of an attribute; nil if the element has none.
  static func attribute(_ name: String, of node: Node) -> String? {
    guard let text = xmlGetNoNsProp(node, name) else { return nil }
    defer { fx_xml_free(text) }
    return String(cString: text)
  }

  /// The name of an element.
  static func name(of node: Node) -> String {
    node.pointee.name.map { String(cString: $0) } ?? ""
  }

  /// Returns the attributes of an element in their order, at most so many.
  static func attributes(of node: Node, atMost limit: Int) -> [(name: String, text: String)] {
    var attributes: [(name: String, text: String)] = []
    var next = node.pointee.properties
    while let current = next, attributes.count < limit {
      if let name = current.pointee.name.map({ String(cString: $0) }) {
        attributes.append((name, attribute(name, of: node) ?? ""))
      }
      next = current.pointee.next
    }
    return attributes
  }

  /// Returns the text inside a node.
  static func content(of node: Node) -> String {
    guard let text = xmlNodeGetContent(node) else { return "" }
    defer { fx_xml_free(text) }
    return String(cString: text)
  }

  /// Returns the names of a node's attributes and elements, for errors.
  static func hint(of node: Node) -> String {
    var names: [String] = []
    func add(_ name: String) {
      if names.count < 20, !names.contains(name) { names.append(name) }
    }
    if node.pointee.type == XML_ELEMENT_NODE {
      var attribute = node.pointee.properties
      while let current = attribute, names.count < 20 {
        if let name = current.pointee.name { add("@" + String(cString: name)) }
        attribute = current.pointee.next
      }
      var child = node.pointee.children
      while let current = child, names.count < 20 {
        if current.pointee.type == XML_ELEMENT_NODE, let name = current.pointee.name {
          add(String(cString: name))
        }
        child = current.pointee.next
      }
    }
    return names.isEmpty
      ? "no elements or attributes"
      : QuotedText.oneLine(names.joined(separator: ", "), maximumLength: 120)
  }

  private func evaluate(
    _ path: XPath.Compiled, at node: Node
  ) throws(ParseError) -> xmlXPathObjectPtr {
    context.pointee.node = node
    guard let result = xmlXPathCompiledEval(path.expression, context) else {
      throw ParseError("the document is too large for the path \(QuotedText.quoted(path.text))")
    }
    return result
  }

  private func dropNamespaces() {
    var next = xmlDocGetRootElement(document)
    while let node = next {
      if node.pointee.type == XML_ELEMENT_NODE {
        node.pointee.ns = nil
        var attribute = node.pointee.properties
        while let current = attribute {
          current.pointee.ns = nil
          attribute = current.pointee.next
        }
      }
      next = Self.following(node)
    }
  }

  /// Returns the next node in document order.
  private static func following(_ node: Node) -> Node? {
    if node.pointee.type == XML_ELEMENT_NODE, let child = node.pointee.children { return child }
    var current: Node? = node
    while let here = current, here.pointee.type != XML_DOCUMENT_NODE {
      if let sibling = here.pointee.next { return sibling }
      current = here.pointee.parent
    }
    return nil
  }
}
