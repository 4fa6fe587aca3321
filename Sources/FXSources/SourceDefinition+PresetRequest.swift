import FXCore

extension SourceDefinition {
  /// Applies the requests of a preset that are more than its address.
  mutating func apply(requestOf preset: SourcePreset) {
    guard let request = preset.request else { return }
    let section = SettingsSection(
      request.node, path: [PresetDescription.path], problems: SettingsProblems())
    let own = RequestSettings.headers(in: section).plain
    headers = own + headers.filter { header in !own.contains { $0.isNamed(header.name) } }
    body = section.string("body")
    first = FirstRequest.read(from: section)
    if let size = section.string("max_body").flatMap(ByteCountText.parse) { maximumBytes = size }
    guard let each = EachValue.read(from: section), let description = preset.description else {
      return
    }
    let placeholder = "{\(each.name)}"
    variants = each.values.map { value in
      var variant = self
      func filled(_ text: String) -> String {
        text.split(separator: placeholder, omittingEmptySubsequences: false).joined(
          separator: value)
      }
      variant.url = filled(url)
      variant.body = body.map(filled)
      let described = description.replacing(placeholder, by: value)
      variant.reader = described.reader
      variant.readerSettings = described.node
      return SourceVariant(value: value, definition: variant)
    }
  }
}
