package import FXCore

extension SourceDefinition {
  /// The shortest interval allowed between two fetches.
  package static let minimumInterval: Duration = .seconds(1)

  /// The shortest interval acceptable for a public server; a shorter one is a warning.
  package static let shortestPublicInterval: Duration = .seconds(60)

  /// The default limit on the duration of a transfer.
  package static let defaultTimeout: Duration = .seconds(30)

  /// The series of a preset, unless its config sets another number: no preset has more than 400.
  private static let seriesOfPreset = 1000

  /// Reads one entry of `sources:`.
  ///
  /// Reports every problem to the section, unknown keys included; returns nil if there is no source
  /// left to run. With `needsKey` false, a source for saved bodies needs no secret.
  package static func read(
    name: SourceName, from section: SettingsSection, zones: any Zones, needsKey: Bool = true
  ) -> SourceDefinition? {
    if let each = EachValue.read(from: section) {
      return read(name: name, each: each, from: section, zones: zones, needsKey: needsKey)
    }
    let origin = origin(in: section)
    let request = RequestDescription(from: section)
    let schedule = schedule(in: section, zones: zones)
    let maximumSeries = section.integer("max_series", in: 1...SourceLimits.seriesOfAll)
    section.finish()
    guard var definition = origin?.definition(name) else { return nil }
    if case .custom = origin {
      if section.node("url") == nil {
        section.problem(nil, "'url' is required for a source without a preset")
      }
      if section.node("every") == nil, section.node("publishes") == nil {
        section.problem(
          nil,
          "'every' or 'publishes' is required for a source without a preset; write an interval such"
            + " as 'every: 30m'")
      }
      if schedule == nil { return nil }
    }
    guard let url = section.node("url") == nil ? origin?.url : request.url else { return nil }
    if case .custom = origin { definition.readerSettings = readerSettings(in: section) }
    request.apply(to: &definition, url: url)
    if !isKeyAsExpected(definition, needsKey: needsKey, in: section) { return nil }
    if let schedule { definition.use(schedule) }
    if let maximumSeries { definition.maximumSeries = maximumSeries }
    if case .interval(let interval)? = schedule, interval < shortestPublicInterval,
      !isThisMachine(url)
    {
      section.problem(
        "every",
        "interval too short for a public server; use 1m or more",
        isWarning: true)
    }
    return definition
  }

  /// Reads `every` or `publishes`; nil if both are absent, or wrong, which is then reported.
  private static func schedule(
    in section: SettingsSection, zones: any Zones
  ) -> SourceSchedule? {
    let interval = section.duration("every", minimum: minimumInterval)
    guard let publishes = section.section("publishes") else {
      return interval.map { .interval($0) }
    }
    let calendar = PublicationCalendar.read(from: publishes, zones: zones)
    guard section.node("every") == nil else {
      section.problem(
        "every",
        "'every' cannot be combined with 'publishes', which sets the times of requests; remove one of them"
      )
      return nil
    }
    return calendar.map { .calendar($0) }
  }

  /// Uses another schedule; where the settings do not state the meaning of the dates, the schedule
  /// does.
  private mutating func use(_ schedule: SourceSchedule) {
    self.schedule = schedule
    if isDatingAssumed { dating = schedule.usualDating }
  }

  private static func readerSettings(in section: SettingsSection) -> SettingsNode {
    let keys = section.keys.filter { !RequestDescription.keys.contains($0) }
    return SettingsNode(
      .map(
        keys.compactMap { key in
          section.node(key).map { SettingsEntry(key: key, keyMark: section.mark, node: $0) }
        }),
      at: section.mark)
  }

  /// A source that can only read bodies: a preset, or one of the text of `readerSettings`; nil if there
  /// is none.
  init?(name: SourceName, preset: String?, readerSettings: String?) {
    let origin: Origin?
    if let preset {
      origin = PresetCatalog.preset(named: preset).map { .preset($0) }
    } else {
      let node = readerSettings.flatMap { SettingsText.node(of: $0) }
      origin = node.flatMap {
        Self.origin(in: SettingsSection($0, path: [], problems: SettingsProblems()))
      }
    }
    guard let origin else { return nil }
    self = origin.definition(name)
    // One request of a preset with several.
    if preset != nil, let node = readerSettings.flatMap({ SettingsText.node(of: $0) }) {
      guard let own = PresetDescription.reader(of: node) else { return nil }
      reader = own
    }
  }

  /// A preset without settings, named after itself.
  package init(preset: SourcePreset) {
    self = Origin.preset(preset).definition(SourceName(preset.name))
  }

  /// True if a secret is missing that the address, a header or the body contains as `{key}`.
  package var lacksKey: Bool { key == nil && Self.usesKey(self) }

  private static func usesKey(_ definition: SourceDefinition) -> Bool {
    let first = definition.first
    let texts =
      [definition.url, definition.body ?? "", first?.url ?? "", first?.body ?? ""]
      + (definition.headers + (first?.headers ?? [])).map(\.value)
    return texts.contains { AddressTemplate($0, names: definition.textNames)?.hasKey ?? false }
  }

  /// A preset, or the user's own description.
  private enum Origin {
    case preset(SourcePreset)
    case custom(CustomFormat, any SourceReader, PlannedSource.Dating?, scale: Int?, dayOffset: Int)

    var url: String? {
      if case .preset(let preset) = self { preset.url } else { nil }
    }

    /// The source before the user's settings of how to fetch it.
    func definition(_ name: SourceName) -> SourceDefinition {
      switch self {
      case .preset(let preset):
        var definition = SourceDefinition(
          name: name, presetName: preset.name, publisher: preset.publisher, terms: preset.terms,
          url: preset.url, headers: [HTTPHeader("Accept", preset.accept)],
          schedule: preset.schedule, timeout: defaultTimeout, allowPrivate: false,
          redirectHosts: [], reader: preset.reader, dating: preset.dating,
          declaredScale: preset.declaredScale, scales: preset.scales,
          changeScale: preset.changeScale, examples: preset.examples,
          maximumSeries: seriesOfPreset)
        definition.apply(requestOf: preset)
        return definition
      case .custom(let format, let reader, let dating, let scale, let dayOffset):
        return SourceDefinition(
          name: name, url: "", headers: [HTTPHeader("Accept", format.accept)],
          schedule: .interval(shortestPublicInterval), timeout: defaultTimeout, allowPrivate: false,
          redirectHosts: [], reader: reader, dating: dating ?? .pageDay, declaredScale: scale,
          scales: [:], examples: [:], maximumSeries: PlannedSource.usualSeries,
          isDatingAssumed: dating == nil, dayOffset: dayOffset)
      }
    }
  }

  private static func origin(in section: SettingsSection) -> Origin? {
    let names = PresetCatalog.all.map(\.name)
    let preset = section.string("preset")
    let format = section.choice("format", CustomFormat.self)
    if let preset {
      if format != nil {
        section.problem("format", "'format' cannot be combined with 'preset'; remove one of them")
        return nil
      }
      if let preset = PresetCatalog.preset(named: preset) { return .preset(preset) }
      section.problem(
        "preset",
        "unknown preset '\(preset)'; 'fxwatch sources' lists all presets"
          + NearestName.suggestion(for: preset, among: names))
      return nil
    }
    guard let format else {
      if section.node("format") == nil, section.node("preset") == nil {
        let formats = CustomFormat.allCases.map(\.rawValue).joined(separator: ", ")
        section.problem(
          nil,
          "'preset' or 'format' is required; 'fxwatch sources' lists all presets; formats are"
            + " \(formats)")
      }
      return nil
    }
    let reader = CustomSource.reader(format, from: section)
    let dating = section.value("dating", expected: "fixing or page") {
      text -> PlannedSource.Dating? in
      text == "fixing" ? .fixing : text == "page" ? .pageDay : nil
    }
    let scale = section.integer("scale", in: 0...ExactDecimal.maximumScale)
    let dayOffset = section.string("zone").flatMap { DateFormat.seconds(ofOffset: $0) } ?? 0
    return reader.map {
      .custom(format, $0, dating, scale: scale, dayOffset: dayOffset)
    }
  }

  /// True if a secret is given exactly if one is used; otherwise the problem is reported.
  private static func isKeyAsExpected(
    _ definition: SourceDefinition, needsKey: Bool, in section: SettingsSection
  ) -> Bool {
    let isUsed = usesKey(definition)
    if isUsed, !needsKey { return true }
    if isUsed, section.node("key") == nil {
      section.problem(
        nil, "'key' is required for this source; write it like key: {credential: NAME}")
    }
    if !isUsed, definition.key != nil {
      section.problem(
        "key", "'{key}' is not used; write {key} in 'url', 'headers' or 'body', or remove 'key'")
    }
    return isUsed == (definition.key != nil)
  }

  private static func isThisMachine(_ url: String) -> Bool {
    guard let host = WebAddress(url)?.host else { return false }
    return host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.")
      || host == "[::1]"
  }
}
