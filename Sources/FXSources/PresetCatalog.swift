/// The publishers fxwatch knows: one file in Presets/ and one line here for each.
package enum PresetCatalog {
  /// Every preset, by name.
  package static let all: [SourcePreset] = [
    .cbu,
    .ecb,
    .nbkr,
    .nbkrWeekly,
    .timesca,
  ]

  /// The preset of that name.
  package static func preset(named name: String) -> SourcePreset? {
    all.first { $0.name == name }
  }
}
