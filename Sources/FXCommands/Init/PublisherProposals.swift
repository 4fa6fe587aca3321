package import FXCore
import FXSources

/// The presets that print a pair, as far as their examples show.
package struct PublisherProposals: Sendable {
  /// One preset for a pair.
  package struct Proposal: Hashable, Sendable {
    /// The name of the preset.
    package let preset: String
    package let publisher: String

    /// The pair in the direction that the publisher prints.
    package let pair: CurrencyPair

    /// True if an example of the preset is this pair, so that it is certain to be printed.
    package let isCertain: Bool
  }

  /// The presets for a pair, one for each publisher, the certain ones first; those that need a key of
  /// the user's own are left out.
  package let proposals: [Proposal]

  /// The presets for a pair.
  package init(for pair: CurrencyPair) {
    let inverse = CurrencyPair(base: pair.quote, quote: pair.base)
    var publishers: Set<String> = []
    var found: [Proposal] = []
    for preset in PresetCatalog.all {
      guard SourceDefinition.preset(named: preset.name)?.lacksKey == false else { continue }
      let printed = [pair, inverse].first { preset.examples[$0] != nil }
      let likely = printed ?? [pair, inverse].first { preset.mayPrint($0) }
      guard let likely, publishers.insert(preset.publisher).inserted else { continue }
      found.append(
        Proposal(
          preset: preset.name, publisher: preset.publisher, pair: likely, isCertain: printed != nil)
      )
    }
    proposals = found.filter(\.isCertain) + found.filter { !$0.isCertain }
  }

  /// The most that a question lists.
  package static let listed = 6
}

extension SourcePreset {
  /// Indicates whether all examples have the quote, or all the base, of a pair in common.
  fileprivate func mayPrint(_ pair: CurrencyPair) -> Bool {
    let quotes = Set(examples.keys.map(\.quote))
    let bases = Set(examples.keys.map(\.base))
    return quotes == [pair.quote] || bases == [pair.base]
  }
}
