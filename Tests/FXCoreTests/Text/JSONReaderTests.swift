import FXCore
import Testing

@Suite("The JSON reader")
struct JSONReaderTests {
  /// Reads a body; returns the value, or the problem with its position.
  private enum Outcome: Equatable {
    case value(JSONValue)
    case problem(Int, String)
  }

  private static func outcome(_ bytes: [UInt8]) -> Outcome {
    do { return .value(try JSONReader.read(bytes)) } catch {
      return .problem(error.offset, error.message)
    }
  }

  @Test(
    "reads every form of value",
    arguments: [
      ("null", JSONValue.null), ("true", .bool(true)), (" false\n", .bool(false)),
      ("0", .number("0")), ("-0.10", .number("-0.10")), ("1e999", .number("1e999")),
      ("7.8245000000000005", .number("7.8245000000000005")), ("1E+2", .number("1E+2")),
      (#""""#, .string("")), (#""a\"\\\/\b\f\n\r\tz""#, .string("a\"\\/\u{8}\u{C}\n\r\tz")),
      (#""сомони""#, .string("сомони")), (#""\u0441\u20AC""#, .string("с€")),
      (#""\uD83D\uDE00""#, .string("😀")), ("[]", .array([])), ("{ }", .object([])),
      ("[1, [2],{}]", .array([.number("1"), .array([.number("2")]), .object([])])),
      (
        #"{"a": 1, "b": [true], "a": null}"#,
        .object([.init("a", .number("1")), .init("b", .array([.bool(true)])), .init("a", .null)])
      ),
      ("\u{FEFF}[]", .array([])),
    ])
  func reads(text: String, expected: JSONValue) {
    #expect(Self.outcome(Array(text.utf8)) == .value(expected))
  }

  @Test(
    "reports the problem and its byte",
    arguments: [
      ("", 0, "ends inside its JSON (byte 0)"), ("  ", 2, "ends inside its JSON (byte 2)"),
      ("<html>", 0, "is not JSON (byte 0)"), ("nul", 0, "is not JSON (byte 0)"),
      ("[1", 2, "has an array that does not end (byte 2)"),
      ("[1,]", 3, "is not JSON (byte 3)"), ("[1 2]", 3, "has an array that does not end (byte 3)"),
      (#"{"a":1"#, 6, "has an object that does not end (byte 6)"),
      (#"{"a" 1}"#, 5, "lacks a ':' after a name (byte 5)"),
      ("{a:1}", 1, "lacks a member's name (byte 1)"),
      (#"{"a":1,}"#, 7, "lacks a member's name (byte 7)"),
      ("1 2", 2, "has bytes after the end of its JSON (byte 2)"),
      ("01", 2, "has a malformed number (byte 2)"), ("-", 1, "has a malformed number (byte 1)"),
      ("1.", 2, "has a malformed number (byte 2)"), ("1e", 2, "has a malformed number (byte 2)"),
      (".5", 0, "is not JSON (byte 0)"), ("+1", 0, "is not JSON (byte 0)"),
      (#""abc"#, 4, "ends inside a string (byte 4)"), ("\"\\", 2, "ends inside a string (byte 2)"),
      ("\"a\nb\"", 2, "has a control character inside a string (byte 2)"),
      (#""\x""#, 3, "has an unknown escape in a string (byte 3)"),
      (#""\u12g4""#, 5, "has a malformed \\u escape (byte 5)"),
      (#""\u12"#, 5, "has a malformed \\u escape (byte 5)"),
      (#""\uD800""#, 7, "has half a surrogate pair (byte 7)"),
      (#""\uD800\u0041""#, 13, "has half a surrogate pair (byte 13)"),
      (#""\uDC00""#, 7, "has half a surrogate pair (byte 7)"),
    ])
  func problems(text: String, offset: Int, message: String) {
    #expect(
      Self.outcome(Array(text.utf8)) == .problem(offset, message))
  }

  @Test("refuses strings that are not UTF-8")
  func encoding() {
    #expect(
      Self.outcome([0x22, 0xC3, 0x22])
        == .problem(3, "has a string that is not UTF-8 (byte 3)"))
    #expect(
      Self.outcome([0xFF, 0xFE])
        == .problem(0, "is not JSON (byte 0)"))
  }

  @Test("nests 64 levels and no more, however long the document")
  func depth() {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    guard case .value = Self.outcome(nested(64)) else {
      Issue.record("64 levels are allowed")
      return
    }
    #expect(
      Self.outcome(nested(100_000))
        == .problem(64, "is nested more than 64 levels deep (byte 64)"))
  }

  @Test("never traps on a changed byte, and reads again what it accepted and wrote")
  func mutations() throws {
    let seed = Array(
      #"{"rates":[{"code":"KGS","rate":0.01144,"x":"\u00e9\n"},null,true,-1.5e3]}"#.utf8)
    var numbers = ModelNumbers(seed: 9)
    for _ in 0..<20_000 {
      var bytes = seed
      for _ in 0..<Int.random(in: 1...3, using: &numbers) {
        bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(
          in: 0...255, using: &numbers)
      }
      bytes.removeLast(Int.random(in: 0...2, using: &numbers))
      if case .value(let value) = Self.outcome(bytes) {
        #expect(try JSONReader.read(Array(value.description.utf8)) == value)
      }
    }
  }
}
