extension Rule {
  /// The names that a rule may use; all sources, or all notifiers, are chosen by omitting the key.
  package struct KnownNames {
    /// The sources of the config.
    package let sources: DefinedNames

    /// The notifiers of the config.
    package let notifiers: DefinedNames

    /// The time zones.
    package let zones: any Zones

    /// Makes the names that a rule may use.
    package init(sources: [String], notifiers: [String], zones: any Zones) {
      self.zones = zones
      self.sources = DefinedNames(sources)
      self.notifiers = DefinedNames(notifiers)
    }
  }
}
