import FXCore

/// Settings of a test; each key of a map is on its own line.
struct Written: ExpressibleByStringLiteral, Sendable {
  /// Returns the node at a line.
  let node: @Sendable (_ line: Int) -> SettingsNode

  init(_ value: @escaping @Sendable (_ line: Int) -> SettingsNode.Value) {
    node = { SettingsNode(value($0), at: SettingsMark(file: "f.yaml", line: $0, column: 9)) }
  }

  init(stringLiteral text: String) { self = .text(text) }

  static func text(_ text: String) -> Written { Written { _ in .scalar(text, isQuoted: false) } }

  static func list(_ items: [Written]) -> Written {
    Written { line in .list(items.map { $0.node(line) }) }
  }

  static func map(_ entries: [(String, Written)]) -> Written {
    Written { line in
      .map(
        entries.enumerated().map { index, entry in
          SettingsEntry(
            key: entry.0, keyMark: SettingsMark(file: "f.yaml", line: line + index, column: 1),
            node: entry.1.node(line + index))
        })
    }
  }

  /// Returns `{credential: NAME}`.
  static func credential(_ name: String) -> Written { .map([("credential", .text(name))]) }
}
