import FXCore
import Testing

@Suite("A JSON value")
struct JSONValueTests {
  private static let value = JSONValue.object([
    .init("rate", .number("0.010")), .init("name", .string("som")), .init("absent", .null),
    .init("list", .array([.bool(true), .integer(-3)])), .init("rate", .number("2")),
  ])

  @Test("is written compactly, in order, with its duplicates and digits")
  func description() {
    #expect(
      Self.value.description
        == #"{"rate":0.010,"name":"som","absent":null,"list":[true,-3],"rate":2}"#)
  }

  @Test("escapes control characters, quotes and line breaks in strings")
  func escapes() {
    #expect(
      JSONValue.string("\"\\/\n\r\t\u{0}\u{1F}\u{7F}é😀").description
        == #""\"\\/\n\r\t\u0000\u001f\u007fé😀""#)
  }

  @Test(
    "escapes what acts on terminals, changes the direction or is invisible, and nothing else",
    arguments: [
      ("\u{80}\u{85}\u{9B}\u{9F}\u{A0}", #"\u0080\u0085\u009b\u009f"# + "\u{A0}"),
      ("\u{61C}\u{600}\u{61B}", #"\u061c"# + "\u{600}\u{61B}"),
      ("\u{200E}\u{200F}\u{200C}\u{200D}", #"\u200e\u200f"# + "\u{200C}\u{200D}"),
      ("\u{2028}\u{2029}\u{202A}\u{202E}", #"\u2028\u2029\u202a\u202e"#),
      ("\u{2066}\u{2069}\u{FEFF}\u{200B}", #"\u2066\u2069\ufeff\u200b"#),
      ("\u{E0041}", #"\udb40\udc41"#), ("→…€ﬁ＝�󰀀°و", "→…€ﬁ＝�󰀀°و"),
    ])
  func inert(text: String, json: String) throws {
    let value = JSONValue.object([.init(text, .string(text))])
    #expect(value.description == #"{"\#(json)":"\#(json)"}"#)
    #expect(try JSONReader.read(Array(value.description.utf8)) == value)
  }

  @Test("never has such a character in its text, whichever is in a string")
  func everyCharacter() throws {
    for number in (0...0x30FF).map(UInt32.init) + [0xFEFF, 0xFFF9, 0xE0001, 0xE007F] {
      let scalar = try #require(Unicode.Scalar(number))
      let text = "a\(scalar)"
      let json = JSONValue.string(text).description
      #expect(try JSONReader.read(Array(json.utf8)) == .string(text))
      let isInert = json.unicodeScalars.allSatisfy {
        switch $0.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        case .format: !(0x2000...0x206F).contains($0.value) || (0x200C...0x200D).contains($0.value)
        default: true
        }
      }
      #expect(isInert, "U+\(String(number, radix: 16))")
    }
  }

  @Test("returns its parts")
  func parts() {
    #expect(Self.value["rate"] == .number("0.010"))
    #expect(Self.value["none"] == nil)
    #expect(JSONValue.null["rate"] == nil)
    #expect(Self.value["rate"]?.text == "0.010")
    #expect(Self.value["name"]?.text == "som")
    #expect(Self.value["list"]?.text == nil)
    #expect(Self.value["list"]?.elements == [.bool(true), .number("-3")])
    #expect(Self.value["name"]?.elements == nil)
    #expect(JSONValue.optional(nil) == .null)
    #expect(JSONValue.optional("a") == .string("a"))
  }
}
