import FXCore

extension SourceDefinition {
  /// A preset as it is, named after itself, for commands that need no config; nil where there is none.
  package static func preset(named name: String) -> SourceDefinition? {
    PresetCatalog.preset(named: name).map { SourceDefinition(preset: $0) }
  }
}
