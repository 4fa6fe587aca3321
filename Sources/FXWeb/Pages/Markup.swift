import FXCore

/// Writes HTML, SVG and XML.
///
/// Texts and attribute values are escaped, and harmful characters made visible, so that nothing from
/// elsewhere can become markup.
struct Markup {
  private(set) var bytes: [UInt8] = []

  /// True for XML, in which every element is closed.
  private let isXML: Bool

  /// An empty document.
  init(isXML: Bool = false) {
    self.isXML = isXML
    bytes.reserveCapacity(16 * 1024)
    if isXML { bytes += "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".utf8 }
  }

  /// Attributes in the order in which they are written; one whose value is nil is left out.
  typealias Attributes = KeyValuePairs<StaticString, String?>

  /// The names of elements without content, which HTML closes itself.
  private static let void: Set<String> = ["meta", "link", "input", "br"]

  /// Writes an element with a text.
  mutating func element(_ name: StaticString, _ attributes: Attributes = [:], text: String) {
    open(name, attributes)
    write(text)
    close(name)
  }

  /// Writes an element with content; one that HTML closes itself has none.
  mutating func element(
    _ name: StaticString, _ attributes: Attributes = [:], content: (inout Markup) -> Void = { _ in }
  ) {
    open(name, attributes)
    guard isXML || !Self.void.contains("\(name)") else { return }
    content(&self)
    close(name)
  }

  /// Writes a text.
  mutating func text(_ text: String) { write(text) }

  /// Writes a line break of preformatted text.
  mutating func lineBreak() { bytes.append(UInt8(ascii: "\n")) }

  /// Writes the declaration of the document type.
  mutating func documentType() { bytes += "<!DOCTYPE html>\n".utf8 }

  private mutating func open(_ name: StaticString, _ attributes: Attributes) {
    bytes.append(UInt8(ascii: "<"))
    write(name)
    for (attribute, value) in attributes {
      guard let value else { continue }
      bytes.append(UInt8(ascii: " "))
      write(attribute)
      bytes += "=\"".utf8
      write(value)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func close(_ name: StaticString) {
    bytes += "</".utf8
    write(name)
    bytes.append(UInt8(ascii: ">"))
  }

  private mutating func write(_ name: StaticString) {
    bytes += UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
  }

  private mutating func write(_ text: String) {
    for byte in SanitizedText.line(text, limit: 10_000).utf8 {
      switch byte {
      case UInt8(ascii: "&"): bytes += "&amp;".utf8
      case UInt8(ascii: "<"): bytes += "&lt;".utf8
      case UInt8(ascii: ">"): bytes += "&gt;".utf8
      case UInt8(ascii: "\""): bytes += "&quot;".utf8
      case UInt8(ascii: "'"): bytes += "&#39;".utf8
      default: bytes.append(byte)
      }
    }
  }
}
