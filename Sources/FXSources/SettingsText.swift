import FXCore

/// Settings as text, without the places of their values.
enum SettingsText {
  /// Returns the text of settings.
  static func text(of node: SettingsNode) -> String { json(of: node).description }

  /// Returns the settings of a text; nil if it is not one.
  static func node(of text: String) -> SettingsNode? {
    (try? JSONReader.read(Array(text.utf8))).flatMap(node)
  }

  private static func json(of node: SettingsNode) -> JSONValue {
    switch node.value {
    case .absent: .null
    case .scalar(let text, isQuoted: false): .string(text)
    case .scalar(let text, isQuoted: true): .object([.init(quoted, .string(text))])
    case .list(let nodes): .array(nodes.map(json))
    case .map(let entries):
      .object([.init(map, .object(entries.map { .init($0.key, json(of: $0.node)) }))])
    }
  }

  private static func node(of json: JSONValue) -> SettingsNode? {
    switch json {
    case .null: SettingsNode(.absent, at: place)
    case .string(let text): SettingsNode(.scalar(text, isQuoted: false), at: place)
    case .array(let elements):
      all(elements.map(node)).map { SettingsNode(.list($0), at: place) }
    case .object(let members):
      if members.count == 1, members[0].name == quoted, case .string(let text) = members[0].value {
        SettingsNode(.scalar(text, isQuoted: true), at: place)
      } else if members.count == 1, members[0].name == map,
        case .object(let entries) = members[0].value
      {
        all(
          entries.map { entry in
            node(of: entry.value).map {
              SettingsEntry(key: entry.name, keyMark: place, node: $0)
            }
          }
        ).map { SettingsNode(.map($0), at: place) }
      } else {
        nil
      }
    case .bool, .number: nil
    }
  }

  private static func all<Element>(_ elements: [Element?]) -> [Element]? {
    let present = elements.compactMap(\.self)
    return present.count == elements.count ? present : nil
  }

  private static let place = SettingsMark.wholeFile("settings")
  private static let quoted = "quoted"
  private static let map = "map"
}
