import FXCore

/// One source, rule or notifier, as it is written into a config.
package struct ConfigEntry: Hashable, Sendable {
  /// The name of the entry.
  package let name: String

  /// The keys with their values as YAML, in order.
  package let settings: [(key: String, value: String)]

  /// An entry with values that are YAML already; see `ConfigEntry.text`.
  package init(_ name: String, _ settings: [(key: String, value: String)]) {
    self.name = name
    self.settings = settings
  }

  /// The lines: one if they fit, else one for each key.
  package var lines: [String] {
    let line =
      "\(name): {" + settings.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    guard line.count > 90 else { return [line] }
    return ["\(name):"] + settings.map { "  \($0.key): \($0.value)" }
  }

  /// Returns a text as a YAML scalar: plain if nothing else could be meant, else in double quotes.
  package static func text(_ text: String) -> String {
    let isPlain =
      text.first?.isLetter == true
      && !["true", "false", "null", "yes", "no", "on", "off"].contains(text.lowercased())
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "@"):
          true
        default: false
        }
      }
    // A string of JSON is one of YAML (YAML 1.2 section 1.3).
    return isPlain ? text : JSONValue.string(text).description
  }

  /// Returns texts as a YAML list.
  package static func list(_ texts: [String]) -> String {
    "[" + texts.map(text).joined(separator: ", ") + "]"
  }

  /// Returns a reference to a file with a secret.
  package static func secret(file: String) -> String { "{file: \(text(file))}" }

  package static func == (left: ConfigEntry, right: ConfigEntry) -> Bool {
    left.name == right.name && left.lines == right.lines
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(lines) }
}
