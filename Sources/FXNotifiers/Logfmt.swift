import FXCore

/// A notification as `key=value` pairs in one line, for programs that read logs.
enum Logfmt {
  /// The fields of the data in the order they are written, and their keys.
  private static let fields: [(key: String, path: [String])] = [
    ("alert_id", ["alert_id"]), ("rule", ["rule"]), ("kind", ["kind"]), ("source", ["source"]),
    ("pair", ["pair"]), ("side", ["side"]), ("rate", ["rate"]), ("nominal", ["nominal"]),
    ("tick", ["tick"]), ("value_date", ["value_date"]), ("observed_at", ["observed_at"]),
    ("previous", ["previous", "rate"]), ("change", ["change", "percent"]),
    ("change_low", ["change", "low"]), ("change_high", ["change", "high"]),
    ("delta", ["change", "absolute"]), ("ticks", ["change", "ticks"]),
    ("published_change", ["published_change"]), ("condition", ["condition"]),
    ("reason", ["reason"]), ("since", ["since"]), ("notifier", ["notifier"]),
    ("summary", ["summary"]),
  ]

  /// One line without its end; absent fields are left out, labels are `label.NAME`.
  static func line(_ notification: Notification) -> String {
    var pairs = [
      ("time", notification.timestamp.description), ("type", notification.type.rawValue),
      ("severity", notification.severity.rawValue),
    ]
    for (key, path) in fields {
      let value = path.reduce(notification.data as JSONValue?) { $0?[$1] }
      if let text = value?.text { pairs.append((key, text)) }
    }
    if case .object(let labels)? = notification.data["labels"] {
      for label in labels {
        if let text = label.value.text { pairs.append(("label.\(name(label.name))", text)) }
      }
    }
    return pairs.map { "\($0)=\(quoted($1))" }.joined(separator: " ")
  }

  /// A label's name with `_` for what would end a key.
  private static func name(_ text: String) -> String {
    String(
      text.prefix(64).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
  }

  /// The value as it is where it is one plain word, else in quotes.
  private static func quoted(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy {
        (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=")
          && $0 != UInt8(ascii: "\\")
      }
    if isPlain { return text }
    let escaped = SanitizedText.line(text.escaping("\\").escaping("\""))
    return "\"\(escaped)\""
  }
}

extension String {
  /// The text with a backslash before each such character.
  fileprivate func escaping(_ character: Character) -> String {
    split(separator: character, omittingEmptySubsequences: false).joined(
      separator: "\\\(character)")
  }
}
