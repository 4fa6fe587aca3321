extension Rule {
  /// The names that a rule may use; all sources, or all notifiers, are chosen by omitting the key.
  package struct KnownNames {
    /// The sources of the config.
    package let sources: [String]

    /// The notifiers of the config.
    package let notifiers: [String]

    /// Makes the names that a rule may use.
    package init(sources: [String], notifiers: [String]) {
      self.sources = sources
      self.notifiers = notifiers
    }
  }
}
