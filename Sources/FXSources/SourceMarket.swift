/// The kind of the rates that a publisher prints.
package enum SourceMarket: String, Hashable, Sendable, CaseIterable {
  /// Set or published by a central bank or another authority.
  case official
  /// Of a bank, an exchange or another trade that is regulated, or computed from several of these.
  case market
  /// Of cash and informal trade beside the official rate.
  case street
}
