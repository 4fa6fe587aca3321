/// The publishers known by name: one file in Presets/ and one line here for each.
package enum PresetCatalog {
  /// All presets, sorted by name.
  package static let all: [SourcePreset] = [
    .bazg,
    .bnr,
    .boc,
    .cbr,
    .cbrJSON,
    .cbt,
    .cbu,
    .cnb,
    .ecb,
    .ecb90Days,
    .ecbHistory,
    .frankfurter,
    .hkma,
    .nbg,
    .nbk,
    .nbkAll,
    .nbkr,
    .nbkrWeekly,
    .nbm,
    .nbpA,
    .nbpB,
    .nbpC,
    .nbrb,
    .nbt,
    .nbu,
    .norgesBank,
    .openERAPI,
    .openExchangeRates,
    .rba,
    .riksbank,
    .tcmb,
    .timesca,
  ]

  /// Returns the preset of that name; nil if there is none.
  package static func preset(named name: String) -> SourcePreset? {
    all.first { $0.name == name }
  }
}
