/// Reads untrusted JSON (RFC 8259): strict grammar, valid UTF-8, at most `maximumDepth` levels.
///
/// Time and memory are linear in the document. No input traps.
package struct JSONReader {
  /// The most arrays and objects inside one another; responses with rates need fewer than ten.
  package static let maximumDepth = 64

  private let bytes: [UInt8]
  private var position = 0
  private var readsNaN = false

  /// Reads one whole document; a byte-order mark before it is skipped.
  package static func read(_ bytes: [UInt8]) throws(JSONProblem) -> JSONValue {
    var reader = JSONReader(bytes: bytes)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
    reader.skipSpace()
    let value = try reader.value(depth: 0)
    reader.skipSpace()
    if reader.position < bytes.count { throw reader.problem("has bytes after the end of its JSON") }
    return value
  }

  /// Reads two common extensions too: several documents in a row (NDJSON) as one array of them,
  /// and `NaN`, which Python prints for a missing number, as null.
  package static func readLines(_ bytes: [UInt8]) throws(JSONProblem) -> JSONValue {
    var reader = JSONReader(bytes: bytes)
    reader.readsNaN = true
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { reader.position = 3 }
    reader.skipSpace()
    let value = try reader.value(depth: 0)
    var documents = [value]
    reader.skipSpace()
    while reader.position < bytes.count {
      guard case .object = value, reader.current == UInt8(ascii: "{") else {
        throw reader.problem("has bytes after the end of its JSON")
      }
      documents.append(try reader.value(depth: 0))
      reader.skipSpace()
    }
    return documents.count == 1 ? value : .array(documents)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func problem(_ message: String) -> JSONProblem {
    JSONProblem(offset: position, message: "\(message) (byte \(position))")
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
    guard depth < Self.maximumDepth else {
      throw problem("is nested more than \(Self.maximumDepth) levels deep")
    }
    switch current {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "N") where readsNaN: return try word("NaN", .null)
    case UInt8(ascii: "-"), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
    case nil: throw problem("ends inside its JSON")
    default: throw problem("is not JSON")
    }
  }

  private mutating func word(_ text: String, _ value: JSONValue) throws(JSONProblem) -> JSONValue {
    guard bytes[position...].starts(with: text.utf8) else { throw problem("is not JSON") }
    position += text.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    skipSpace()
    if current == UInt8(ascii: "}") {
      position += 1
      return .object(members)
    }
    while true {
      skipSpace()
      guard current == UInt8(ascii: "\"") else { throw problem("lacks a member's name") }
      let name = try string()
      skipSpace()
      guard current == UInt8(ascii: ":") else { throw problem("lacks a ':' after a name") }
      position += 1
      skipSpace()
      members.append(.init(name, try value(depth: depth + 1)))
      skipSpace()
      if current == UInt8(ascii: ",") {
        position += 1
        continue
      }
      guard current == UInt8(ascii: "}") else { throw problem("has an object that does not end") }
      position += 1
      return .object(members)
    }
  }

  private mutating func array(depth: Int) throws(JSONProblem) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    skipSpace()
    if current == UInt8(ascii: "]") {
      position += 1
      return .array(elements)
    }
    while true {
      skipSpace()
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if current == UInt8(ascii: ",") {
        position += 1
        continue
      }
      guard current == UInt8(ascii: "]") else { throw problem("has an array that does not end") }
      position += 1
      return .array(elements)
    }
  }

  private mutating func number() throws(JSONProblem) -> JSONValue {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    let leading = current
    let whole = skipDigits()
    guard whole > 0, whole == 1 || leading != UInt8(ascii: "0") else {
      throw problem("has a malformed number")
    }
    if current == UInt8(ascii: ".") {
      position += 1
      guard skipDigits() > 0 else { throw problem("has a malformed number") }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      guard skipDigits() > 0 else { throw problem("has a malformed number") }
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func skipDigits() -> Int {
    let start = position
    while let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      position += 1
    }
    return position - start
  }

  private mutating func string() throws(JSONProblem) -> String {
    position += 1
    let start = position
    var isASCII = true
    // Usually this reaches the end of the string.
    while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
      isASCII = isASCII && byte < 0x80
      position += 1
    }
    if isASCII, current == UInt8(ascii: "\"") {
      defer { position += 1 }
      return bytes.withUnsafeBufferPointer { String(decoding: $0[start..<position], as: UTF8.self) }
    }
    return try string(after: Array(bytes[start..<position]))
  }

  /// Reads the rest of a string after its first bytes.
  private mutating func string(after beginning: [UInt8]) throws(JSONProblem) -> String {
    var text = beginning
    while let byte = current {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        guard let valid = String(validating: text, as: UTF8.self) else {
          throw problem("has a string that is not UTF-8")
        }
        return valid
      case UInt8(ascii: "\\"):
        position += 1
        try escape(into: &text)
      case 0..<0x20:
        throw problem("has a control character inside a string")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw problem("ends inside a string")
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONProblem) {
    guard let byte = current else { throw problem("ends inside a string") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "u"):
      let first = try hexadecimal()
      var scalar = UInt32(first)
      if (0xD800..<0xDC00).contains(first) {
        guard bytes[position...].starts(with: #"\u"#.utf8) else {
          throw problem("has half a surrogate pair")
        }
        position += 2
        let second = try hexadecimal()
        guard (0xDC00..<0xE000).contains(second) else {
          throw problem("has half a surrogate pair")
        }
        scalar = 0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00)
      }
      guard let unicode = Unicode.Scalar(scalar) else { throw problem("has half a surrogate pair") }
      text.append(contentsOf: Array(String(Character(unicode)).utf8))
    default: throw problem("has an unknown escape in a string")
    }
  }

  private mutating func hexadecimal() throws(JSONProblem) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw problem("has a malformed \\u escape")
      }
      value = value << 4 | UInt16(digit)
      position += 1
    }
    return value
  }
}
