import FXCore

/// An Excel workbook (ECMA-376, part 1): a zip archive of XML documents.
///
/// Not Sendable: it exists within one reading. Bounded: the unpacked parts by `maximumBytes`, each
/// document like any XML.
struct Workbook {
  /// One sheet, and the name of its document in the archive.
  struct Sheet {
    let name: String
    let part: String
  }

  /// The sheets in their order.
  let sheets: [Sheet]

  /// The texts that cells refer to by number.
  let sharedTexts: [String]

  /// The styles that show a number as a date, by their number.
  let isDateStyle: [Bool]

  /// True if days are counted from 1904 instead of 1900.
  let startsIn1904: Bool

  private let parts: [String: [UInt8]]

  /// The most bytes of all documents of a workbook.
  private static let maximumBytes = 16 << 20

  /// The most texts that cells refer to.
  private static let maximumTexts = 500_000

  /// Opens a workbook; throws if it is damaged or has no sheets.
  init(_ body: [UInt8]) throws(ParseError) {
    var parts: [String: [UInt8]] = [:]
    for entry in try ZipArchive.entries(of: body, maximumBytes: Self.maximumBytes) {
      parts[entry.name.lowercased()] = entry.bytes
    }
    self.parts = parts
    let book = try Self.document("xl/workbook.xml", in: parts)
    let targets = try Self.targets(in: parts)
    var sheets: [Sheet] = []
    try book.eachNode(XPath(stated: "/workbook/sheets/sheet")) { node in
      guard let name = XMLTree.attribute("name", of: node),
        let part = XMLTree.attribute("id", of: node).flatMap({ targets[$0] })
      else { return }
      sheets.append(Sheet(name: name, part: part))
    }
    self.sheets = sheets
    guard !sheets.isEmpty else { throw ParseError("the workbook has no sheets") }
    let date = try book.text(XPath(stated: "/workbook/workbookPr/@date1904").compiled())
    startsIn1904 = date == "1" || date == "true"
    sharedTexts = try Self.sharedTexts(in: parts)
    isDateStyle = try Self.dateStyles(in: parts)
  }

  /// Returns the document of a sheet: the first one, `last`, or the one of a name in any case.
  func document(ofSheet name: String?) throws(ParseError) -> XMLTree {
    let sheet =
      if let name {
        sheets.first { RowTexts.name($0.name).lowercased() == RowTexts.name(name).lowercased() }
          ?? (name == "last" ? sheets.last : nil)
      } else {
        sheets.first
      }
    guard let sheet else {
      let found = QuotedText.oneLine(
        sheets.map(\.name).joined(separator: ", "), maximumLength: 120)
      throw ParseError(
        "the workbook has no sheet \(QuotedText.quoted(name ?? "")); its sheets are \(found)")
    }
    return try Self.document(sheet.part, in: parts)
  }

  private static func document(
    _ name: String, in parts: [String: [UInt8]]
  ) throws(ParseError) -> XMLTree {
    guard let bytes = parts[name.lowercased()] else {
      throw ParseError("the workbook is damaged: it has no \(QuotedText.quoted(name))")
    }
    return try XMLTree(CharsetDetection.decode(bytes, contentType: nil, .strict), .xml)
  }

  /// Returns the names of documents by the identifiers that the workbook refers to them with.
  private static func targets(in parts: [String: [UInt8]]) throws(ParseError) -> [String: String] {
    let tree = try document("xl/_rels/workbook.xml.rels", in: parts)
    var targets: [String: String] = [:]
    try tree.eachNode(XPath(stated: "/Relationships/Relationship")) { node in
      guard let id = XMLTree.attribute("Id", of: node),
        let target = XMLTree.attribute("Target", of: node)
      else { return }
      targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    }
    return targets
  }

  private static func sharedTexts(in parts: [String: [UInt8]]) throws(ParseError) -> [String] {
    let name = "xl/sharedstrings.xml"
    guard parts[name] != nil else { return [] }
    var texts: [String] = []
    try document(name, in: parts).eachNode(XPath(stated: "/sst/si")) { node throws(ParseError) in
      texts.append(text(of: node))
      guard texts.count <= maximumTexts else {
        throw ParseError("the workbook has more than \(maximumTexts) texts")
      }
    }
    return texts
  }

  /// Returns the text of an element with `t`, or with several in `r`; without its reading aid.
  static func text(of node: XMLTree.Node) -> String {
    var text = ""
    for child in XMLTree.children(of: node) {
      if XMLTree.hasName("t", child) {
        text += XMLTree.content(of: child)
      } else if XMLTree.hasName("r", child) {
        for part in XMLTree.children(of: child) where XMLTree.hasName("t", part) {
          text += XMLTree.content(of: part)
        }
      }
    }
    return text
  }

  private static func dateStyles(in parts: [String: [UInt8]]) throws(ParseError) -> [Bool] {
    let name = "xl/styles.xml"
    guard parts[name] != nil else { return [] }
    let tree = try document(name, in: parts)
    var formats: [Int: Bool] = [:]
    try tree.eachNode(XPath(stated: "/styleSheet/numFmts/numFmt")) { node in
      guard let number = XMLTree.attribute("numFmtId", of: node).flatMap({ Int($0) }),
        let code = XMLTree.attribute("formatCode", of: node)
      else { return }
      formats[number] = SpreadsheetDate.isDateFormat(code)
    }
    var styles: [Bool] = []
    try tree.eachNode(XPath(stated: "/styleSheet/cellXfs/xf")) { node in
      let number = XMLTree.attribute("numFmtId", of: node).flatMap { Int($0) } ?? 0
      styles.append(formats[number] ?? SpreadsheetDate.isDateFormat(number))
    }
    return styles
  }
}
