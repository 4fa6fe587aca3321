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
