/// Recognizes bodies that are files of an application rather than text, so that an error can name them.
enum BinaryFormat {
  /// Throws if a body is such a file.
  static func refuse(_ body: [UInt8], insteadOf title: String) throws(ParseError) {
    guard let name = name(of: body) else { return }
    let advice = title == CustomSource.title && isWorkbook(body) ? "; set 'format: xlsx'" : ""
    throw ParseError("the body is \(name), not \(title)\(advice)")
  }

  /// Returns the name of a body's format, such as `an Excel workbook`; nil for text.
  static func name(of body: [UInt8]) -> String? {
    guard let first = body.first, firstBytes.contains(first) || first <= 0x20 else { return nil }
    // A PDF may begin with white space.
    let head = body.drop { $0 <= 0x20 && $0 != 0 }.prefix(longestMark)
    if head.starts(with: "%PDF-".utf8) { return "a PDF document" }
    if let (_, name) = marks.first(where: { body.starts(with: $0.bytes) }) { return name }
    if body.starts(with: compoundFile) { return nameOfCompound(body) }
    return ZipArchive.isZip(body) ? nameOfZip(body) : nil
  }

  /// True if a zip archive is a document of an application, whose parts are not files of their own.
  static func isDocument(zip body: [UInt8]) -> Bool {
    ZipArchive.isZip(body) && nameOfZip(body) != zipArchive
  }

  /// True if a body is an Excel workbook of the form that `WorkbookRates` reads.
  static func isWorkbook(_ body: [UInt8]) -> Bool {
    ZipArchive.isZip(body) && nameOfZip(body) == excelWorkbook
  }

  private static let longestMark = 8

  /// The bytes with which one of the formats begins; nearly every text begins with another.
  private static let firstBytes: Set<UInt8> = Set(
    marks.compactMap(\.bytes.first) + [UInt8(ascii: "%"), UInt8(ascii: "P")]
      + compoundFile.prefix(1))

  /// The first bytes of the formats that they identify.
  private static let marks: [(bytes: [UInt8], name: String)] = [
    ([0x1F, 0x8B, 0x08], "a gzip archive"),
    ([0x09, 0x08, 0x10, 0x00], excelWorkbook),
    ([0x09, 0x08, 0x08, 0x00], excelWorkbook),
    ([0x09, 0x04, 0x06, 0x00], excelWorkbook),
    ([0x09, 0x02, 0x06, 0x00], excelWorkbook),
    ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A], "an image"),
    ([0xFF, 0xD8, 0xFF], "an image"),
    (Array("GIF8".utf8), "an image"),
    (Array("Rar!".utf8), "a RAR archive"),
    ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive"),
  ]

  private static let excelWorkbook = "an Excel workbook"
  private static let zipArchive = "a zip archive"

  /// The first bytes of the container that Microsoft Office used until 2007.
  private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  private static func nameOfCompound(_ body: [UInt8]) -> String {
    func hasStream(_ name: String) -> Bool {
      contains(name.utf8.flatMap { [$0, 0] } + [0, 0], in: body)
    }
    if hasStream("Workbook") || hasStream("Book") { return excelWorkbook }
    return hasStream("WordDocument") ? "a Word document" : "a document of Microsoft Office"
  }

  /// Names a zip archive by the names of the files in it.
  private static func nameOfZip(_ body: [UInt8]) -> String {
    if contains(Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8), in: body) {
      return "an OpenDocument spreadsheet"
    }
    guard contains(Array("[Content_Types].xml".utf8), in: body) else { return zipArchive }
    if contains(Array("xl/workbook".utf8), in: body) { return excelWorkbook }
    return contains(Array("word/document".utf8), in: body)
      ? "a Word document" : "a document of Microsoft Office"
  }

  /// Returns true if bytes occur in a body; linear.
  private static func contains(_ wanted: [UInt8], in body: [UInt8]) -> Bool {
    guard let first = wanted.first, body.count >= wanted.count else { return false }
    return body.withUnsafeBufferPointer { body in
      (0...(body.count - wanted.count)).contains { start in
        body[start] == first && wanted.indices.allSatisfy { body[start + $0] == wanted[$0] }
      }
    }
  }
}
