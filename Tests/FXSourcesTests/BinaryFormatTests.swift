import FXCore
import FXSources
import Foundation
import Testing

@Suite("Bodies of other programs")
struct BinaryFormatTests {
  private static let bodies: [(name: String, body: [UInt8])] = [
    ("a PDF document", Array("%PDF-1.4\n1 0 obj<<>>endobj".utf8)),
    ("a PDF document", Array("\r\n%PDF-1.7\n".utf8)),
    ("an Excel workbook", zip("[Content_Types].xml", "xl/workbook.xml")),
    ("a Word document", zip("[Content_Types].xml", "word/document.xml")),
    ("an OpenDocument spreadsheet", zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet")),
    ("a zip archive", zip("rates.csv")),
    ("an Excel workbook", compound("Workbook")),
    ("an Excel workbook", compound("Book")),
    ("a Word document", compound("WordDocument")),
    ("a gzip archive", [0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0]),
    ("an image", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
  ]

  private static func zip(_ names: String...) -> [UInt8] {
    [0x50, 0x4B, 0x03, 0x04] + names.flatMap { Array($0.utf8) + [0, 0] }
  }

  private static func compound(_ stream: String) -> [UInt8] {
    [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 64)
      + stream.utf8.flatMap { [$0, 0] } + [0, 0, 0, 0]
  }

  @Test("are named in the error, whatever the format of the source", arguments: bodies)
  func named(name: String, body: [UInt8]) throws {
    let settings = [
      "format: csv\nbase: a\nquote: KGS\nrate: b", "format: json\nbase: a\nquote: KGS\nrate: b",
      "format: xml\nrows: //a\nbase: a\nquote: KGS\nrate: b",
      "format: html\ntable: //a\nbase: a\nquote: KGS\nrate: b",
      "format: text\npattern: '(?<base>a)(?<rate>b)'\nquote: KGS",
      "format: csv\ncharset: windows-1252\nbase: a\nquote: KGS\nrate: b",
    ]
    for text in settings {
      let (definition, problems) = SourceSettings.read(
        "url: https://bank.example/\nevery: 1h\n" + text)
      #expect(problems == [])
      let reader = try #require(definition).reader
      let advice = name.contains("Excel") && body.first == 0x50 ? "; set 'format: xlsx'" : ""
      #expect(ReadingText.of(reader, body) == "error: the body is \(name), not the rates\(advice)")
    }
    let ticker = try #require(PresetCatalog.preset(named: "timesca")).reader
    #expect(ReadingText.of(ticker, body).hasPrefix("error: the body is \(name), not a timesca"))
  }
}
