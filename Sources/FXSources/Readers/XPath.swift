import CLibXML2

/// An XPath 1.0 expression.
///
/// Namespaces are ignored: a name selects the elements with that local name.
package struct XPath: Hashable, Sendable {
  /// The expression as written.
  package let text: String

  /// An expression; nil if it is invalid.
  package init?(_ text: String) {
    guard !text.isEmpty, Compiled(text) != nil else { return nil }
    self.text = text
  }

  /// An expression of a preset; checked when it is first used.
  init(stated text: String) { self.text = text }

  /// Compiles the expression for one reading.
  func compiled() throws(ParseError) -> Compiled {
    guard let compiled = Compiled(text) else {
      throw ParseError("\(QuotedText.quoted(text)) is not an XPath expression")
    }
    return compiled
  }

  /// A compiled expression; not Sendable, because libxml2 writes into it during evaluation.
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
