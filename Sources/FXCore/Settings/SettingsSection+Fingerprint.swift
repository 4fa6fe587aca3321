extension SettingsSection {
  /// A text that is equal for equal settings, whatever their place in the file and the order of
  /// their keys.
  ///
  /// Use it after all keys were read. It contains references to secrets, never the secrets.
  package var fingerprint: String {
    SettingsNode(
      .map(
        keys.map {
          SettingsEntry(key: $0, keyMark: mark, node: node($0) ?? .init(.absent, at: mark))
        }),
      at: mark
    ).fingerprint
  }
}

extension SettingsNode {
  /// The node's content as JSON with sorted keys.
  fileprivate var fingerprint: String { content.description }

  private var content: JSONValue {
    switch value {
    case .absent: .null
    case .scalar(let text, _): .string(text)
    case .list(let items): .array(items.map(\.content))
    case .map(let entries):
      .object(entries.sorted { $0.key < $1.key }.map { .init($0.key, $0.node.content) })
    }
  }
}
