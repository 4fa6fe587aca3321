import CLibXML2

/// The setup and options that all uses of libxml2 share.
enum LibXML2 {
  /// Initialises the library, once for the process; its parsers may then run on any thread.
  static func start() { _ = isStarted }

  private static let isStarted: Bool = {
    xmlInitParser()
    return true
  }()

  /// Has the process end if libxml2 gets no memory; must be called before anything else of it.
  static func endWithoutMemory() {
    fx_xml_end_without_memory()
    start()
  }

  /// Limits the cost of expressions, and prevents output to stderr.
  static func limit(_ context: xmlXPathContextPtr) {
    context.pointee.opLimit = BodyLimits.maximumPathSteps
    context.pointee.error = { _, _ in }
  }

  /// The options for HTML: error recovery, no network, the charset of the decoded text.
  static let htmlOptions = Int32(
    HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NONET.rawValue | HTML_PARSE_NOERROR.rawValue
      | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_IGNORE_ENC.rawValue)

  static let outOfMemory = ParseError("out of memory while parsing the body")

  /// Returns the error of a parser, with its line.
  static func problem(of parser: xmlParserCtxtPtr) -> ParseError {
    guard let problem = xmlCtxtGetLastError(parser), let message = problem.pointee.message else {
      return ParseError("the body is not XML")
    }
    let text = QuotedText.oneLine(String(cString: message), maximumLength: 160)
    return ParseError("the XML is truncated or malformed at line \(problem.pointee.line): \(text)")
  }
}
