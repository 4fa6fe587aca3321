import FXCore

/// The format of a preset by the keys that describe a source in the config; see fxwatch.yaml(5).
struct PresetDescription: Sendable {
  /// The settings, `format` included.
  let node: SettingsNode

  /// A description by these keys.
  init(_ format: CustomFormat, _ settings: PresetSetting) {
    guard case .map(let entries) = settings.node.value else {
      preconditionFailure("the settings of a preset are a map")
    }
    let named: PresetSetting = ["format": PresetSetting(stringLiteral: format.rawValue)]
    guard case .map(let first) = named.node.value else { preconditionFailure("a map") }
    node = SettingsNode(.map(first + entries), at: settings.node.mark)
  }

  private init(node: SettingsNode) { self.node = node }

  /// Returns the description with a placeholder replaced in every text.
  func replacing(_ placeholder: String, by value: String) -> PresetDescription {
    PresetDescription(node: node.replacing(placeholder, by: value))
  }

  /// The reader.
  ///
  /// Precondition: the description is valid, which the tests of presets check.
  var reader: any SourceReader {
    guard let reader = Self.reader(of: node) else {
      preconditionFailure("a preset's description is invalid")
    }
    return reader
  }

  /// Returns the reader of settings; nil if they are invalid.
  static func reader(of node: SettingsNode) -> (any SourceReader)? {
    let problems = SettingsProblems()
    let section = SettingsSection(node, path: [path], problems: problems)
    guard let format = section.choice("format", CustomFormat.self) else { return nil }
    let reader = CustomSource.reader(format, from: section)
    section.finish()
    guard problems.all.isEmpty else { return nil }
    guard var csv = reader as? CSVRates else { return reader }
    // As far as is recorded, every publisher of CSV ends the last line, too.
    csv.endsEveryLine = true
    return csv
  }

  /// The path of the settings of presets, whose errors advise no keys.
  static let path = "presets"
}
