package import FXCore

/// The text of a first config, with comments for those who edit it later.
package struct FirstConfig: Sendable {
  /// A source: a preset, with another address where one is given.
  package struct Source: Sendable {
    package let preset: String
    package var url: String?

    /// A preset.
    package init(preset: String, url: String? = nil) {
      self.preset = preset
      self.url = url
    }
  }

  package var sources: [Source]

  /// The pairs as the sources print them.
  package var pairs: [CurrencyPair]

  /// The move that is reported, such as `1%`.
  package var threshold: String
  package var notifiers: [ConfigEntry]

  /// A config for pairs of some presets.
  package init(
    sources: [Source], pairs: [CurrencyPair], threshold: String, notifiers: [ConfigEntry]
  ) {
    self.sources = sources
    self.pairs = pairs
    self.threshold = threshold
    self.notifiers = notifiers
  }

  /// The text in YAML.
  package var text: String {
    """
    # The configuration of fxwatch, made by 'fxwatch init'. 'fxwatch check' validates it, 'fxwatch reload'
    # makes a running daemon apply it. All keys are described in fxwatch.yaml(5); 'fxwatch add' adds
    # sources, rules and notifiers.

    # Who publishes the rates. 'fxwatch sources' lists all presets; any other page can be described with
    # url and format (fxwatch-sources(5)).
    sources:
    \(lines(sources.map(entry)))
    # What to report. 'fxwatch explain --rule big-move --pair \(pairs.first?.description ?? "EUR/USD")' explains it.
    rules:
      big-move:
        pairs: \(ConfigEntry.list(pairs.map(\.description)))
        # The change against the publication before. See fxwatch-conditions(7) for others, such as
        # change(24h), crosses(90), new_high(30d) and age.
        when: abs(change) > \(threshold)
        # info, notice, warning or critical.
        severity: warning

    # Whom to notify. 'fxwatch notify test NAME' sends a test.
    notifiers:
    \(lines(notifiers))
    """
  }

  private func lines(_ entries: [ConfigEntry]) -> String {
    entries.flatMap(\.lines).map { "  \($0)\n" }.joined()
  }

  private func entry(_ source: Source) -> ConfigEntry {
    var settings = [("preset", source.preset)]
    if let url = source.url {
      settings += [("url", ConfigEntry.text(url)), ("allow_private", "true")]
    }
    return ConfigEntry(source.preset, settings.map { (key: $0.0, value: $0.1) })
  }
}
