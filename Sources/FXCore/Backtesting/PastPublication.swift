/// A publication of the past, as it is judged again.
package struct PastPublication: Hashable, Sendable {
  /// One series whose figure, nominal, printed change or value date was another one than before.
  package struct Observation: Hashable, Sendable {
    package let pair: CurrencyPair
    package let side: Side

    /// What was printed; nil where the source left the series out from then on.
    package let rate: Rate?

    /// The source's own change figure, verbatim.
    package let publishedChange: String?

    /// One series of a publication.
    package init(pair: CurrencyPair, side: Side, rate: Rate?, publishedChange: String?) {
      self.pair = pair
      self.side = side
      self.rate = rate
      self.publishedChange = publishedChange
    }
  }

  package let publication: Publication

  /// What differed from what was in force.
  package let observations: [Observation]

  /// A publication with what was new in it.
  package init(_ publication: Publication, _ observations: [Observation]) {
    self.publication = publication
    self.observations = observations
  }
}

extension [PastPublication] {
  /// The publications as if every fixing had been printed right the first time: of each value date
  /// of the sources in `fixings` only the last figure.
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
