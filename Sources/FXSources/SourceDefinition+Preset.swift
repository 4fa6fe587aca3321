import FXCore

extension SourceDefinition {
  /// Returns a preset without settings, named after itself; nil if there is none of that name.
  package static func preset(named name: String) -> SourceDefinition? {
    PresetCatalog.preset(named: name).map { SourceDefinition(preset: $0) }
  }
}
