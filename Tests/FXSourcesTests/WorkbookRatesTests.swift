import FXCore
import FXSources
import Support
import Testing

@Suite("Excel workbooks")
struct WorkbookRatesTests {
  /// A workbook of sheets, each the content of `sheetData` and what follows it.
  private static func workbook(
    _ sheets: KeyValuePairs<String, String>, texts: [String] = [], properties: String = ""
  ) -> [UInt8] {
    let list = sheets.enumerated().map { index, sheet in
      "<sheet name='\(sheet.key)' sheetId='\(index + 1)' r:id='rId\(index + 1)'/>"
    }
    let links = sheets.indices.map {
      "<Relationship Id='rId\($0 + 1)' Type='worksheet' Target='worksheets/sheet\($0 + 1).xml'/>"
    }
    let main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    var parts: [(String, String)] = [
      ("[Content_Types].xml", "<Types/>"),
      (
        "xl/workbook.xml",
        "<workbook \(main) xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'>"
          + "<workbookPr \(properties)/><sheets>\(list.joined())</sheets></workbook>"
      ),
      ("xl/_rels/workbook.xml.rels", "<Relationships>\(links.joined())</Relationships>"),
      (
        "xl/styles.xml",
        """
        <styleSheet \(main)><numFmts><numFmt numFmtId="164" formatCode="dd\\-mmm\\-yy;@"/>
        <numFmt numFmtId="165" formatCode="#,##0.00 &quot;day&quot;;[Red]0.00"/></numFmts>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/><xf numFmtId="165"/></cellXfs>
        </styleSheet>
        """
      ),
      (
        "xl/sharedStrings.xml",
        "<sst \(main)>\(texts.map { "<si>\($0)</si>" }.joined())</sst>"
      ),
    ]
    for (index, sheet) in sheets.enumerated() {
      parts.append(
        ("xl/worksheets/sheet\(index + 1).xml", "<worksheet \(main)>\(sheet.value)</worksheet>"))
    }
    return StoredZip.archive(parts.map { ($0.0, Array($0.1.utf8)) })
  }

  private static func reading(_ settings: String, _ body: [UInt8]) throws -> String {
    let (definition, problems) = SourceSettings.read(
      "url: https://bank.example/\nevery: 1h\nformat: xlsx\n" + settings)
    #expect(problems == [])
    return ReadingText.of(try #require(definition).reader, body)
  }

  @Test("have shared and inline texts, dates by style, numbers in their shortest digits")
  func cells() throws {
    let body = Self.workbook(
      [
        "Rates": """
        <sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>
        <row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" t="s"><v>2</v></c><c r="D3" t="s"><v>3</v></c></row>
        <row r="4"><c r="A4" s="1"><v>46084</v></c><c r="B4" t="inlineStr"><is><t>US Dollar</t></is></c>
        <c r="D4" s="3"><v>9.3000000000000007</v></c></row>
        <row r="5"><c r="A5" s="2"><v>46084.75</v></c><c r="B5" t="s"><v>4</v></c>
        <c r="D5"><f>1/3</f><v>5.0000000000000002E-5</v></c></row>
        <row r="6"><c r="A6" s="2"><v>46084</v></c><c r="B6" t="str"><v>CHF</v></c>
        <c r="D6" t="e"><v>#N/A</v></c></row></sheetData>
        """
      ],
      texts: [
        "<t>Bank</t>", "<t>Date</t>", "<t>Currency</t>", "<t>Rate</t>",
        "<r><t>Eu</t></r><r><rPr><b/></rPr><t>ro</t></r><rPh><t>x</t></rPh>",
      ])
    let settings =
      "header: Currency\nbase: Currency\nquote: EGP\nrate: Rate\ndate: Date\ndecimal: comma\n"
      + "names: {US Dollar: USD, Euro: EUR}"
    #expect(
      try Self.reading(settings, body) == "date: 2026-03-03\nUSD/EGP 9.3\nEUR/EGP 0.00005")
    #expect(
      try Self.reading(settings + "\ndate_format: dd.mm.yyyy", body)
        == "date: 2026-03-03\nUSD/EGP 9.3\nEUR/EGP 0.00005")
  }

  @Test(
    "have numbers with the digits that a spreadsheet shows",
    arguments: [
      ("9.3000000000000007", "9.3"), ("48.1", "48.1"), ("48.10", "48.10"),
      ("0.99999999999999989", "1"),
      ("123456789.12345679", "123456789.123457"), ("1E2", "100"), ("1.5E-4", "0.00015"), ("0", "0"),
      ("-2.5000000000000001E-3", "-0.0025"),
    ])
  func numbers(text: String, rate: String) throws {
    let body = Self.workbook([
      "A": """
      <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Code</t></is></c><c r="B1" t="inlineStr"><is><t>Rate
      </t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>USD</t></is></c><c r="B2"><v>\(text)</v></c>
      </row></sheetData>
      """
    ])
    #expect(
      try Self.reading("base: Code\nquote: EUR\nrate: Rate\n", body)
        == "date: none\nUSD/EUR \(rate)")
  }

  @Test("have sheets by name, the last, and days across")
  func sheets() throws {
    func sheet(_ rate: String) -> String {
      """
      <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Code</t></is></c><c r="B1" s="1"><v>46083</v></c>
      <c r="C1" s="1"><v>46084</v></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>USD</t></is></c>
      <c r="B2"><v>1</v></c><c r="C2"><v>\(rate)</v></c></row></sheetData>
      """
    }
    let body = Self.workbook([
      "January": sheet("281.1"), "February": sheet("281.2"), "March": sheet("281.3"),
    ])
    let settings = "wide: date\nbase: Code\nquote: PKR\n"
    for (key, rate) in [("", "281.1"), ("sheet: last", "281.3"), ("sheet: february", "281.2")] {
      #expect(try Self.reading(settings + key, body) == "date: 2026-03-03\nUSD/PKR \(rate)")
    }
    #expect(
      try Self.reading(settings + "sheet: May", body)
        == "error: the workbook has no sheet 'May'; its sheets are January, February, March")
  }

  @Test("count days from 1904 if they say so, and repeat merged cells")
  func other() throws {
    let body = Self.workbook(
      [
        "A": """
        <sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Date</t></is></c>
        <c r="B1" t="inlineStr"><is><t>USD</t></is></c></row>
        <row r="2"><c r="A2" s="1"><v>44622</v></c><c r="B2"><v>1.5</v></c></row>
        <row r="3"><c r="A3" s="1"/><c r="B3"><v>1.5</v></c></row></sheetData>
        <mergeCells><mergeCell ref="A2:A3"/></mergeCells>
        """
      ], properties: "date1904='1'")
    #expect(
      try Self.reading("wide: base\nquote: EUR\ndate: Date", body)
        == "date: 2026-03-03\nUSD/EUR 1.5")
  }

  @Test("have rows and numbers within the bounds of their format, whatever they say")
  func impossible() throws {
    let cell = "<c t='inlineStr'><is><t>A</t></is></c>"
    let rows = Self.workbook([
      "A": "<sheetData><row r='9223372036854775807'>\(cell)</row><row>\(cell)</row></sheetData>"
    ])
    #expect(try Self.reading("base: A\nquote: EUR\nrate: B", rows).hasPrefix("error: "))
    let merged = Self.workbook([
      "A": "<sheetData/><mergeCells><mergeCell ref='A1:B9223372036854775807'/></mergeCells>"
    ])
    #expect(try Self.reading("base: A\nquote: EUR\nrate: B", merged).hasPrefix("error: "))
    for number in ["1E-9223372036854775808", "1E9223372036854775807", "1E41"] {
      let body = Self.workbook([
        "A": """
        <sheetData><row><c t='inlineStr'><is><t>Code</t></is></c>
        <c t='inlineStr'><is><t>Rate</t></is></c></row><row>
        <c t='inlineStr'><is><t>USD</t></is></c><c><v>\(number)</v></c></row></sheetData>
        """
      ])
      #expect(
        try Self.reading("base: Code\nquote: EUR\nrate: Rate", body).hasPrefix("error: "),
        "\(number)")
    }
  }

  @Test("that unpack to more than they may are refused with their limit")
  func bomb() throws {
    let body = Self.workbook(["A": String(repeating: " ", count: 17 << 20)])
    #expect(
      try Self.reading("base: A\nquote: EUR\nrate: B", body)
        == "error: the zip archive unpacks to more than 16 MiB")
  }

  @Test("are refused in one sentence if they are damaged, or something else")
  func damaged() throws {
    let settings = "base: A\nquote: EUR\nrate: B"
    #expect(
      try Self.reading(settings, StoredZip.archive(["[Content_Types].xml xl/workbook": []]))
        == "error: the workbook is damaged: it has no 'xl/workbook.xml'")
    #expect(
      try Self.reading(settings, Array("A,B\nUSD,1".utf8))
        == "error: the body is text that begins 'A,B USD,1', not the rates")
    #expect(
      try Self.reading(settings, Array("%PDF-1.4".utf8))
        == "error: the body is a PDF document, not the rates")
    let body = Self.workbook(["A": "<sheetData/>"])
    for end in stride(from: 0, to: body.count, by: 7) {
      #expect(try Self.reading(settings, Array(body[..<end])).hasPrefix("error: "))
    }
  }
}
