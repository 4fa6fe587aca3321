/// The target of a request in origin form (RFC 9112, section 3.2.1): a path and a query, decoded.
package struct RequestTarget: Hashable, Sendable {
  /// One parameter of a query.
  package struct Parameter: Hashable, Sendable {
    package let name: String
    package let value: String

    /// A parameter.
    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// The path as sent, with its escapes; begins with a slash.
  package let path: String

  /// The segments of the path, decoded; `/` has none, and `/a/` has `a` and an empty one.
  package let segments: [String]

  /// The parameters of the query in the order in which they were sent.
  package let query: [Parameter]

  /// Parses a target; nil if it does not begin with a slash or has an escape that is invalid or decodes
  /// to a control character or to invalid UTF-8.
  package init?(_ text: String) {
    let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    guard let path = parts.first, path.first == "/" else { return nil }
    self.path = String(path)
    var segments: [String] = []
    for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
      guard let decoded = Self.decoded(segment) else { return nil }
      segments.append(decoded)
    }
    self.segments = segments == [""] ? [] : segments
    guard let query = Self.parameters(parts.count > 1 ? parts[1] : "") else { return nil }
    self.query = query
  }

  /// Parses parameters as a query or a form has them; nil if an escape is invalid.
  package static func parameters(_ text: some StringProtocol) -> [Parameter]? {
    var parameters: [Parameter] = []
    for pair in text.split(separator: "&") {
      let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decoded(sides[0], plusIsSpace: true),
        let value = decoded(sides.count > 1 ? sides[1] : "", plusIsSpace: true)
      else { return nil }
      parameters.append(Parameter(name, value))
    }
    return parameters
  }

  /// Returns the value of a parameter; nil unless there is exactly one of this name.
  package subscript(_ name: String) -> String? {
    let values = query.filter { $0.name == name }
    return values.count == 1 ? values[0].value : nil
  }

  private static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit)
        else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x0D }) else {
      return nil
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
