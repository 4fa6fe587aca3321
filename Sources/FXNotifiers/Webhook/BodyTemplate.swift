import FXCore

/// A webhook's body written by the administrator, with fields in double braces:
/// `{"text": "{{summary}}", "rate": {{rate}}}`.
///
/// Each value is escaped for the body's content type, so it cannot end a string, an element or a
/// key-value pair.
struct BodyTemplate: Sendable {
  /// The body's format, which determines how values are escaped.
  enum Format: Sendable {
    case form
    case json
    case markup
    case text
    /// A topic of MQTT, in which a value is a part of one level.
    case topic

    /// Returns the format of a content type; nil if its escaping is unknown.
    init?(contentType: String) {
      let essence = contentType.prefix { $0 != ";" && $0 != " " }.lowercased()
      switch essence {
      case "application/json": self = .json
      case "application/x-www-form-urlencoded": self = .form
      case "application/xml", "application/xhtml+xml", "text/html", "text/xml": self = .markup
      case "text/plain", "text/markdown": self = .text
      case _ where essence.hasSuffix("+json"): self = .json
      case _ where essence.hasSuffix("+xml"): self = .markup
      default: return nil
      }
    }
  }

  private enum Part: Sendable {
    case text(String)
    case field(BodyField, isInString: Bool)
  }

  /// A problem of a template: a sentence and its position.
  struct Problem: Error, Hashable {
    let message: String

    /// The range in UTF-8 bytes from the start of the text; nil if the problem has no position.
    let bytes: Range<Int>?
  }

  private let format: Format
  private let parts: [Part]

  /// Reads a template.
  init(_ text: String, format: Format) throws(Problem) {
    self.format = format
    var parts: [Part] = []
    var isInString = false
    var offset = 0
    var rest = Substring(text)
    while let start = rest.firstRange(of: "{{") {
      let literal = rest[..<start.lowerBound]
      if format == .json { isInString = Self.endsInString(literal, from: isInString) }
      offset += literal.utf8.count
      guard let end = rest[start.upperBound...].firstRange(of: "}}") else {
        throw Problem(message: "'{{' is not closed by '}}'", bytes: offset..<(offset + 2))
      }
      let written = rest[start.upperBound..<end.lowerBound]
      let place = offset..<(offset + written.utf8.count + 4)
      let name = String(written.filter { $0 != " " })
      guard let field = BodyField(name) else {
        throw Problem(
          message: "unknown field '{{\(name)}}'; expected one of \(BodyField.names)"
            + NearestName.suggestion(for: name, among: BodyField.allNames), bytes: place)
      }
      if field == .payload, isInString || format != .json {
        throw Problem(
          message: "'{{payload}}' is an object; use it only in JSON, outside quotes", bytes: place)
      }
      parts += [.text(String(literal)), .field(field, isInString: isInString)]
      offset += place.count
      rest = rest[end.upperBound...]
    }
    parts.append(.text(String(rest)))
    self.parts = parts
    try check()
  }

  /// Returns the body for an event.
  ///
  /// A field without a value is empty, or `null` in JSON outside quotes.
  func body(for notification: Notification) -> [UInt8] {
    render { field in field.value(of: notification) }
  }

  private func render(_ value: (BodyField) -> JSONValue) -> [UInt8] {
    parts.reduce(into: []) { bytes, part in
      switch part {
      case .text(let text): bytes += Array(text.utf8)
      case .field(let field, let isInString):
        let value = value(field)
        if format == .json, !isInString {
          value.write(to: &bytes)
        } else {
          bytes += Array(escaped(value.text ?? "").utf8)
        }
      }
    }
  }

  private func escaped(_ text: String) -> String {
    switch format {
    case .form: PercentEncoding.text(text)
    case .json: String(JSONValue.string(text).description.dropFirst().dropLast())
    case .markup: HTMLEscape.text(SanitizedText.line(text))
    case .text: SanitizedText.line(text)
    case .topic: MQTTTopic.level(text)
    }
  }

  /// Checks that a JSON template is valid JSON after its fields are filled in.
  private func check() throws(Problem) {
    guard format == .json else { return }
    let sample = render { $0 == .payload ? .object([]) : .number("0") }
    do {
      _ = try JSONReader.read(sample)
    } catch {
      throw Problem(
        message: "invalid JSON after the fields are filled in: the body \(error.message)",
        bytes: nil)
    }
  }

  /// Returns true if a JSON text that starts inside or outside a string ends inside one.
  private static func endsInString(_ text: Substring, from isInString: Bool) -> Bool {
    var isInString = isInString
    var isEscaped = false
    for byte in text.utf8 {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), isInString {
        isEscaped = true
      } else if byte == UInt8(ascii: "\"") {
        isInString.toggle()
      }
    }
    return isInString
  }
}
