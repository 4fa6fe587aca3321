package import FXCore

extension SourceDefinition {
  /// The shortest interval between two fetches.
  package static let minimumInterval: Duration = .seconds(1)

  /// The shortest interval that is polite towards somebody else's server.
  package static let politeInterval: Duration = .seconds(60)

  /// How long a transfer may take where the user does not say.
  package static let defaultTimeout: Duration = .seconds(30)

  /// Reads one entry of `sources:`.
  ///
  /// Every problem is reported to the section, unknown keys included; nil where there is no source
  /// left to run.
  package static func read(
    name: SourceName, from section: SettingsSection
  ) -> SourceDefinition? {
    let preset = Self.preset(in: section)
    let written = section.string("url")
    let url = written.flatMap { Self.url(of: $0, in: section) } ?? preset?.url
    let interval = section.duration("every", minimum: minimumInterval)
    let timeout = section.duration("timeout", minimum: .seconds(1)) ?? defaultTimeout
    let allowPrivate = section.flag("allow_private") ?? false
    let redirectHosts = Self.redirectHosts(in: section)
    section.finish()
    guard let preset, let url else { return nil }
    if let interval, interval < politeInterval, !isThisMachine(url) {
      section.problem(
        "every",
        "every \(DurationText.text(interval)) is hard on somebody else's server; one minute is polite",
        isWarning: true)
    }
    return SourceDefinition(
      name: name, presetName: preset.name, publisher: preset.publisher, terms: preset.terms,
      url: url, headers: [HTTPHeader("Accept", preset.accept)],
      schedule: interval.map { .interval($0) } ?? preset.schedule, timeout: timeout,
      allowPrivate: allowPrivate, redirectHosts: redirectHosts, reader: preset.reader,
      dating: preset.dating, declaredScale: preset.declaredScale, scales: preset.scales,
      changeScale: preset.changeScale, examples: preset.examples)
  }

  private static func preset(in section: SettingsSection) -> SourcePreset? {
    let names = PresetCatalog.all.map(\.name)
    guard
      let name = section.requiredString(
        "preset", because: "it names the publisher, one of \(names.joined(separator: ", "))")
    else { return nil }
    if let preset = PresetCatalog.preset(named: name) { return preset }
    section.problem(
      "preset",
      "there is no preset '\(name)'; expected one of \(names.joined(separator: ", "))"
        + NearestName.suggestion(for: name, among: names))
    return nil
  }

  private static func url(of text: String, in section: SettingsSection) -> String? {
    guard WebAddress(text) != nil else {
      section.problem(
        "url",
        "'\(text)' is not an address to fetch from; write it like https://bank.example/rates.xml,"
          + " with http or https and without a password")
      return nil
    }
    return text
  }

  private static func redirectHosts(in section: SettingsSection) -> Set<String> {
    var hosts: Set<String> = []
    for (text, mark) in section.strings("redirects") ?? [] {
      if WebAddress("https://\(text)/")?.host == text.lowercased() {
        hosts.insert(text.lowercased())
      } else {
        section.problem(
          "redirects", at: mark, "'\(text)' is not a host; write it like www.bank.example")
      }
    }
    return hosts
  }

  private static func isThisMachine(_ url: String) -> Bool {
    guard let host = WebAddress(url)?.host else { return false }
    return host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.")
      || host == "[::1]"
  }
}
