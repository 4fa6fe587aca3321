package import FXCore

/// Settings with which the rates of a page that is not described yet may be read.
package struct SourceProposal: Hashable, Sendable {
  /// One key of the config with its value, a text or the texts of a map.
  package struct Setting: Hashable, Sendable {
    package let key: String
    package let value: String

    /// The members of a map; nil for a text.
    package var members: [Setting]?

    /// A key with a text.
    package init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }

    /// A key with a map.
    init(_ key: String, members: [Setting]) {
      self.key = key
      value = ""
      self.members = members
    }
  }

  /// `preset`, or `format` and what else describes the rows and their columns.
  package var settings: [Setting]

  /// A fact that the page does not show, and that was decided all the same.
  package enum Assumption: Hashable, Sendable {
    /// The other currency of the rates, which is that of the address's country.
    case currency(Currency)
    /// The direction of the rates: the currency of which they are the price.
    case direction
    /// The only mark in the numbers as the decimal mark, although three digits follow each.
    case decimalMark
    /// The day before the month, where both are at most twelve.
    case dayFirst
  }

  /// The assumptions that were made.
  package var assumptions: [Assumption] = []

  /// Returns the source of these settings with a name and those of its request; nil if they are not
  /// valid.
  package func definition(
    _ name: SourceName, with request: [Setting]
  ) -> SourceDefinition? {
    let problems = SettingsProblems()
    let section = SettingsSection(
      Self.node(of: request + settings), path: ["sources", name.text], problems: problems)
    let definition = SourceDefinition.read(
      name: name, from: section, zones: UniversalTime(), needsKey: false)
    return problems.hasErrors ? nil : definition
  }

  private static func node(of settings: [Setting]) -> SettingsNode {
    let place = SettingsMark.wholeFile("proposal")
    return SettingsNode(
      .map(
        settings.map { setting in
          let node =
            setting.members.map(node)
            ?? SettingsNode(.scalar(setting.value, isQuoted: false), at: place)
          return SettingsEntry(key: setting.key, keyMark: place, node: node)
        }), at: place)
  }
}

extension SourceProposal {
  /// JSON of a structure that most rate APIs have.
  package static let common = SourceProposal(settings: [.init("format", "json")])

  /// Returns proposals for a body, the most specific first; the caller keeps the one with which the most
  /// rates are read.
  ///
  /// `home` is the other currency of the rates, if the page does not print it. Throws if the body is of a
  /// kind that no source can have. Cost: linear in the body, which is parsed once.
  package static func all(
    for body: [UInt8], contentType: String?, home: Currency?
  ) throws(ParseError) -> [SourceProposal] {
    var proposals: [SourceProposal] = []
    let (format, tables) = try SampledTable.all(in: body, contentType: contentType)
    if format == .json { proposals.append(.common) }
    for table in tables {
      for roles in ColumnRoles.all(in: table, home: home) {
        proposals.append(
          SourceProposal(
            settings: [.init("format", format.rawValue)] + table.settings + roles.settings,
            assumptions: roles.assumptions))
      }
    }
    // Any text with a ticker, such as `KGS/USD = 0.01144`.
    proposals.append(SourceProposal(settings: [.init("preset", SourcePreset.timesca.name)]))
    return proposals
  }

  /// Returns the presets of the publisher at an address, by its host.
  package static func presets(at address: String) -> [SourceProposal] {
    guard let host = WebAddress(address)?.host else { return [] }
    return PresetCatalog.all.filter { WebAddress($0.url)?.host == host }
      .sorted { ($0.url == address ? 0 : 1, $0.name) < ($1.url == address ? 0 : 1, $1.name) }
      .map { SourceProposal(settings: [.init("preset", $0.name)]) }
  }

  /// Returns the currency of the country of an address by its last label; nil if there is none.
  package static func home(of address: String) -> Currency? {
    guard let label = WebAddress(address)?.host.split(separator: ".").last, label.count == 2
    else { return nil }
    let country = label.uppercased()
    if let special = homes[country] { return Currency(special) }
    if euroCountries.contains(country) { return Currency("EUR") }
    // The first two letters of a code are the country's (ISO 4217), except for what is not a currency.
    return CurrencyRegistry.active.first { $0.code.hasPrefix(country) }
  }

  /// Countries whose currency has other letters, or that have several codes; and labels that are mostly
  /// used elsewhere.
  private static let homes = [
    "UK": "GBP", "CH": "CHF", "LI": "CHF", "US": "USD", "EC": "USD", "SV": "USD", "PA": "USD",
    "MX": "MXN", "UY": "UYU", "BO": "BOB", "CL": "CLP", "SU": "RUB", "CI": "XOF", "SN": "XOF",
    "CM": "XAF", "GA": "XAF", "CO": "", "ME": "EUR", "TV": "", "AI": "", "CC": "", "GG": "GBP",
  ]

  private static let euroCountries: Set<String> = [
    "AT", "BE", "BG", "CY", "DE", "EE", "ES", "EU", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU",
    "LV", "MC", "MT", "NL", "PT", "SI", "SK", "SM", "VA",
  ]
}

extension SourceProposal {
  /// True if a text is an address that a source can have.
  package static func isAddress(_ text: String) -> Bool { WebAddress(text) != nil }

  /// True if a text is the address of a preset.
  package static func isAddress(_ text: String, ofPreset name: String) -> Bool {
    PresetCatalog.preset(named: name)?.url == text
  }

  /// Labels before that of a country that are not a publisher's own.
  private static let publicLabels: Set<String> = [
    "ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "gub", "net", "or", "org",
  ]

  /// Returns the name for a source at an address: the label before the public part of its host, such as
  /// `nbkr` of www.nbkr.kg.
  package static func name(for address: String) -> String {
    let host = WebAddress(address)?.host ?? ""
    guard !host.allSatisfy({ $0.isNumber || ".[]:".contains($0) }) else { return "page" }
    var labels = host.split(separator: ".").map(String.init)
    if labels.count > 1 { labels.removeLast() }
    if labels.count > 1, labels[0] == "www" { labels.removeFirst() }
    // As in bank.co.uk and bank.gov.pl.
    if labels.count > 1, let last = labels.last, publicLabels.contains(last) {
      labels.removeLast()
    }
    let label = labels.last ?? ""
    return label.isEmpty ? "page" : label
  }
}
