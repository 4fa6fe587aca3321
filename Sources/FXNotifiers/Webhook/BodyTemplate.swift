import FXCore

/// A webhook's body as the administrator wrote it, with fields in double braces:
/// `{"text": "{{summary}}", "rate": {{rate}}}`.
///
/// Whatever a field holds, it stays a text of its own in the body's format: it is escaped by the
/// content type, and ends no string, element or pair.
struct BodyTemplate: Sendable {
  /// The body's format, which says how fields are escaped.
  enum Format: Sendable {
    case form
    case json
    case markup
    case text

    /// The format of a content type; nil for one whose escaping is not known.
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

  /// Why a text is no template: a sentence, and the place.
  struct Problem: Error, Hashable {
    let message: String

    /// UTF-8 bytes from the start of the text; nil where the whole is wrong.
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
        throw Problem(message: "a '{{' is never closed", bytes: offset..<(offset + 2))
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
          message: "'{{payload}}' is an object, which only JSON holds, and no string", bytes: place)
      }
      parts += [.text(String(literal)), .field(field, isInString: isInString)]
      offset += place.count
      rest = rest[end.upperBound...]
    }
    parts.append(.text(String(rest)))
    self.parts = parts
    try check()
  }

  /// The body for an event; a field without a value is empty, or null where JSON has no quotes around
  /// it.
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
    case .form: Self.percentEncoded(text)
    case .json: String(JSONValue.string(text).description.dropFirst().dropLast())
    case .markup: HTMLEscape.text(SanitizedText.line(text))
    case .text: SanitizedText.line(text)
    }
  }

  /// What is not one of the unreserved characters of RFC 3986 (section 2.3) as its bytes.
  private static func percentEncoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.unicodeScalars.append(UnicodeScalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    return encoded
  }

  /// A JSON template must be JSON once its fields are filled in.
  private func check() throws(Problem) {
    guard format == .json else { return }
    let sample = render { $0 == .payload ? .object([]) : .number("0") }
    do {
      _ = try JSONReader.read(sample)
    } catch {
      throw Problem(
        message: "with its fields filled in the body \(error.message), so it is not JSON",
        bytes: nil)
    }
  }

  /// Whether a JSON text that began inside a string or outside ends inside one.
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

/// A field a body can name.
enum BodyField: Hashable, Sendable {
  /// A text of the payload's data, by its path.
  case data([String])
  /// The event's identifier, the same on every attempt.
  case id
  /// The line that people read: what, the figures, why.
  case message
  /// The whole native payload.
  case payload
  case severity
  case timestamp
  /// What and where in a few words.
  case title
  case type

  /// The texts of the data by the names they have in a template.
  private static let paths: [String: [String]] = [
    "alert_id": ["alert_id"], "base": ["base"], "change": ["change", "percent"],
    "change_high": ["change", "high"], "change_low": ["change", "low"],
    "condition": ["condition"], "delta": ["change", "absolute"], "kind": ["kind"],
    "nominal": ["nominal"], "observed_at": ["observed_at"], "pair": ["pair"],
    "previous": ["previous", "rate"], "previous_value_date": ["previous", "value_date"],
    "printed": ["printed"], "published_change": ["published_change"], "quote": ["quote"],
    "rate": ["rate"], "reason": ["reason"], "rule": ["rule"], "side": ["side"],
    "since": ["since"], "source": ["source"], "summary": ["summary"], "tick": ["tick"],
    "ticks": ["change", "ticks"], "value_date": ["value_date"],
  ]

  private static let others: [String: BodyField] = [
    "id": .id, "message": .message, "payload": .payload, "severity": .severity,
    "timestamp": .timestamp, "title": .title, "type": .type,
  ]

  /// How a rule's label is named: `{{label.desk}}`.
  private static let labelPrefix = "label."

  /// Every name, sorted; a label's own name is the config's.
  static var allNames: [String] {
    (Array(paths.keys) + Array(others.keys)).sorted() + ["\(labelPrefix)NAME"]
  }

  /// Every name in one line.
  static var names: String { allNames.joined(separator: ", ") }

  /// The field of a name; nil where there is none.
  init?(_ name: String) {
    if let field = Self.others[name] {
      self = field
    } else if let path = Self.paths[name] {
      self = .data(path)
    } else if name.hasPrefix(Self.labelPrefix), name != Self.labelPrefix {
      self = .data(["labels", String(name.dropFirst(Self.labelPrefix.count))])
    } else {
      return nil
    }
  }

  /// What an event has under this name, decimals as numbers where JSON takes them bare; null where it
  /// has nothing.
  func value(of notification: Notification) -> JSONValue {
    switch self {
    case .data(let path):
      let value = path.reduce(Optional(notification.data)) { $0?[$1] }
      guard case .string(let text)? = value else { return value ?? .null }
      return Self.isDecimal(text) ? .number(text) : .string(text)
    case .id: return .string(notification.id)
    case .message: return .string(NotificationText(notification: notification).message)
    case .payload: return notification.payload
    case .severity: return .string(notification.severity.rawValue)
    case .timestamp: return .string(notification.timestamp.description)
    case .title: return .string(NotificationText(notification: notification).title)
    case .type: return .string(notification.type.rawValue)
    }
  }

  /// Whether a text is a number as JSON writes one without an exponent (RFC 8259 section 6).
  private static func isDecimal(_ text: String) -> Bool {
    let digits = text.hasPrefix("-") ? text.dropFirst() : Substring(text)
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    return (1...2).contains(parts.count)
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
      && (parts[0] == "0" || parts[0].first != "0")
  }
}
