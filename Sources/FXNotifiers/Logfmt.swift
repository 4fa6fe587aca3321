import FXCore

/// Formats a notification as one line of `key=value` pairs, for log processors.
enum Logfmt {
  /// The keys in output order, each with the path of its field in the payload's data.
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

  /// Returns one line without a line end.
  ///
  /// Absent fields are omitted; labels are written as `label.NAME`.
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

  /// Returns a label's name with every character that would end a key replaced by `_`.
  private static func name(_ text: String) -> String {
    String(
      text.prefix(64).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
  }

  /// Returns the value unchanged if it is one plain word, quoted otherwise.
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
  /// Returns the text with a backslash before each occurrence of a character.
  fileprivate func escaping(_ character: Character) -> String {
    split(separator: character, omittingEmptySubsequences: false).joined(
      separator: "\\\(character)")
  }
}
