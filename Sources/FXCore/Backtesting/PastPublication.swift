/// A stored publication that a back-test evaluates again.
package struct PastPublication: Hashable, Sendable {
  /// One series whose rate, nominal, printed change or value date changed.
  package struct Observation: Hashable, Sendable {
    package let pair: CurrencyPair
    package let side: Side

    /// The printed rate; nil if the source no longer printed the series.
    package let rate: Rate?

    /// The change printed by the source, verbatim.
    package let publishedChange: String?

    /// Creates an observation.
    package init(pair: CurrencyPair, side: Side, rate: Rate?, publishedChange: String?) {
      self.pair = pair
      self.side = side
      self.rate = rate
      self.publishedChange = publishedChange
    }
  }

  package let publication: Publication

  /// The observations that differ from the publication before.
  package let observations: [Observation]

  /// Creates a publication with its changes.
  package init(_ publication: Publication, _ observations: [Observation]) {
    self.publication = publication
    self.observations = observations
  }
}

extension [PastPublication] {
  /// Returns the publications as if every fixing had been printed without later corrections.
  ///
  /// Each value date of the sources in `fixings` has its last rate from the start.
  package func asFinal(fixings: Set<SourceName>) -> [PastPublication] {
    func fixing(_ past: PastPublication, _ observation: PastPublication.Observation) -> Fixing {
      Fixing(
        series: Series(
          source: past.publication.source, pair: observation.pair, side: observation.side),
        day: past.publication.valueDate)
    }
    var final: [Fixing: Rate] = [:]
    for past in self where fixings.contains(past.publication.source) {
      for observation in past.observations { final[fixing(past, observation)] = observation.rate }
    }
    return map { past in
      guard past.publication.valueDate != nil, fixings.contains(past.publication.source) else {
        return past
      }
      return PastPublication(
        past.publication,
        past.observations.map { observation in
          PastPublication.Observation(
            pair: observation.pair, side: observation.side,
            rate: observation.rate == nil ? nil : final[fixing(past, observation)],
            publishedChange: observation.publishedChange)
        })
    }
  }
}

/// One series on one value date.
private struct Fixing: Hashable {
  let series: Series
  let day: CalendarDay?
}
