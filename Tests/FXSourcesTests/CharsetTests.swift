import FXSources
import Testing

@Suite("A charset")
struct CharsetTests {
  private func decoded(
    _ body: [UInt8], _ charset: Charset, _ strictness: Charset.Strictness = .strict
  ) -> String {
    do throws(ParseError) {
      return String(decoding: try charset.decode(body, strictness), as: UTF8.self)
    } catch {
      return "refused: \(error.message)"
    }
  }

  @Test(
    "is converted to UTF-8",
    arguments: [
      (Charset.windows1251, [0xCA, 0xF3, 0xF0, 0xF1], "Курс"),
      (.windows1252, [0x93, 0x80, 0x94], "“€”"),
      (.latin1, [0xE9], "é"),
      (.turkish, [0xFE], "ş"),
      (.koi8r, [0xEB, 0xD5, 0xD2, 0xD3], "Курс"),
      (.utf16LittleEndian, [0xFF, 0xFE, 0x1A, 0x04], "К"),
      (.utf16BigEndian, [0xFE, 0xFF, 0x04, 0x1A], "К"),
      (.utf8, [0xEF, 0xBB, 0xBF, 0x41], "A"),
    ] as [(Charset, [UInt8], String)])
  func decoding(charset: Charset, body: [UInt8], expected: String) {
    #expect(decoded(body, charset) == expected)
  }

  @Test("is known to the C library", arguments: Charset.allCases)
  func known(charset: Charset) {
    #expect(decoded([], charset) == "")
  }

  @Test("refuses invalid bytes, with their offset")
  func strict() {
    #expect(decoded([0x41, 0xFF], .utf8) == "refused: the body is not valid UTF-8 (byte 1)")
    #expect(
      decoded([0x41, 0x98], .windows1251) == "refused: the body is not valid CP1251 (byte 1)")
    #expect(
      decoded([0x41, 0x00, 0x41], .utf16LittleEndian)
        == "refused: the body is not valid UTF-16LE (byte 2)")
  }

  @Test("replaces invalid bytes by U+FFFD in a lenient reading")
  func lenient() {
    #expect(decoded([0x41, 0xFF, 0x42], .utf8, .lenient) == "A\u{FFFD}B")
    #expect(decoded([0x41, 0x98, 0x42], .windows1251, .lenient) == "A\u{FFFD}B")
    #expect(decoded([0x41, 0x00, 0x00, 0xD8], .utf16LittleEndian, .lenient) == "A\u{FFFD}")
  }

  @Test(
    "has several labels",
    arguments: [
      ("windows-1251", Charset.windows1251), ("CP1251", .windows1251), ("UTF-8", .utf8),
      ("utf8", .utf8), ("ISO-8859-9", .turkish), ("iso_8859-1", .latin1), ("koi8-r", .koi8r),
      ("Shift_JIS", .shiftJIS),
    ])
  func labels(label: String, charset: Charset) {
    #expect(Charset(label: label) == charset)
    #expect(Charset(label: "UTF-7") == nil)
  }

  @Test(
    "is detected from the header, the declaration or the meta element, and from nothing else",
    arguments: [
      (
        #"<?xml version="1.0" encoding="windows-1251"?><r><c k="\#u{CA}" v="1"/></r>"#, nil,
        "\u{41A}"
      ),
      (
        #"<?xml version="1.0"?><r><c k="\#u{CA}" v="1"/></r>"#,
        "text/xml; charset=\"windows-1251\"", "\u{41A}"
      ),
      (#"<?xml version="1.0"?><r encoding="koi8-r"><c k="K" v="1"/></r>"#, nil, "K"),
    ] as [(String, String?, String)])
  func detection(body: String, contentType: String?, name: String) throws {
    let reader = try #require(
      SourceSettings.read(
        "url: https://a.example/\nevery: 1h\nformat: xml\nrows: //c\nbase: @k\nquote: KZT"
          + "\nrate: @v\nnames: {\(name): USD}"
      ).definition?.reader)
    let bytes = body.unicodeScalars.map { UInt8($0.value) }
    #expect(
      ReadingText.of(reader, bytes, contentType: contentType) == "date: none\nUSD/KZT 1")
  }

  @Test("that is unknown is refused by name")
  func unknown() throws {
    let reader = try #require(PresetCatalog.preset(named: "ecb")).reader
    #expect(
      ReadingText.of(reader, Array("<?xml version='1.0' encoding='ebcdic'?><r/>".utf8))
        == "error: unknown charset 'ebcdic' in the XML declaration")
    #expect(
      ReadingText.of(reader, Array("<r/>".utf8), contentType: "text/xml; charset=utf-7")
        == "error: unknown charset 'utf-7' in the Content-Type")
  }
}
