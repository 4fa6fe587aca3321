import FXCore

/// A value in the description of a preset, written as a literal.
struct PresetSetting: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  private static let mark = SettingsMark.wholeFile("presets")

  /// The value as settings.
  let node: SettingsNode

  init(stringLiteral text: String) {
    node = SettingsNode(.scalar(text, isQuoted: false), at: Self.mark)
  }

  init(integerLiteral number: Int) { self.init(stringLiteral: "\(number)") }

  init(booleanLiteral flag: Bool) { self.init(stringLiteral: "\(flag)") }

  init(arrayLiteral elements: PresetSetting...) {
    node = SettingsNode(.list(elements.map(\.node)), at: Self.mark)
  }

  init(dictionaryLiteral elements: (String, PresetSetting)...) {
    node = SettingsNode(
      .map(
        elements.map { SettingsEntry(key: $0.0, keyMark: Self.mark, node: $0.1.node) }),
      at: Self.mark)
  }
}
