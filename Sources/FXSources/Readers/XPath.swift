import CLibXML2

/// An XPath 1.0 expression.
///
/// Namespaces do not matter: a name finds the elements of that local name.
package struct XPath: Hashable, Sendable {
  /// The expression as written.
  package let text: String

  /// An expression; nil where it is not XPath.
  package init?(_ text: String) {
    guard !text.isEmpty, Compiled(text) != nil else { return nil }
    self.text = text
  }

  /// An expression that a preset states; checked when it is first used.
  init(stated text: String) { self.text = text }

  /// The expression ready for use in one reading.
  func compiled() throws(ParseError) -> Compiled {
    guard let compiled = Compiled(text) else {
      throw ParseError("\(QuotedText.quoted(text)) is not an XPath expression")
    }
    return compiled
  }

  /// A compiled expression; not Sendable, because libxml2 writes into it as it evaluates.
  final class Compiled {
    let text: String
    let expression: xmlXPathCompExprPtr

    init?(_ text: String) {
      LibXML2.start()
      guard let context = xmlXPathNewContext(nil) else { return nil }
      defer { xmlXPathFreeContext(context) }
      LibXML2.limit(context)
      guard let expression = xmlXPathCtxtCompile(context, text) else { return nil }
      self.text = text
      self.expression = expression
    }

    deinit { xmlXPathFreeCompExpr(expression) }
  }
}
