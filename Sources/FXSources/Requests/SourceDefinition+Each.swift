import FXCore

extension SourceDefinition {
  /// Reads a source with one request for each value: its settings, with the value in the place of the
  /// placeholder, describe one request.
  ///
  /// Problems are reported once, for the first value.
  static func read(
    name: SourceName, each: (name: String, values: [String]), from section: SettingsSection,
    zones: any Zones, needsKey: Bool
  ) -> SourceDefinition? {
    let placeholder = "{\(each.name)}"
    var variants: [SourceVariant] = []
    for (index, value) in each.values.enumerated() {
      let filled = section.replacing(
        without: "each", problems: index == 0 ? nil : SettingsProblems()
      ) { $0.replacing(placeholder, by: value) }
      guard let definition = read(name: name, from: filled, zones: zones, needsKey: needsKey) else {
        if index > 0 {
          section.problem("each", "the settings are invalid with the value '\(value)'")
        }
        return nil
      }
      variants.append(SourceVariant(value: value, definition: definition))
    }
    guard var definition = variants.first?.definition else { return nil }
    if variants.count > 1, variants.allSatisfy({ $0.definition == definition }) {
      section.problem(
        "each", "'\(placeholder)' is not used; write it in 'url', 'body' or 'base'",
        isWarning: true)
    }
    definition.variants = variants
    return definition
  }
}
