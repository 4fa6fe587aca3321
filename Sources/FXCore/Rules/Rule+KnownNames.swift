extension Rule {
  /// The names that a rule may use; all sources, or all notifiers, are chosen by omitting the key.
  package struct KnownNames {
    /// The sources of the config.
    package let sources: DefinedNames

    /// The notifiers of the config.
    package let notifiers: DefinedNames

    /// The time zones.
    package let zones: any Zones

    /// The named expressions at the top of the config.
    package var definitions = Definitions()

    /// Makes the names that a rule may use, without definitions.
    package init(sources: [String], notifiers: [String], zones: any Zones) {
      self.zones = zones
      self.sources = DefinedNames(sources)
      self.notifiers = DefinedNames(notifiers)
    }
  }
}
