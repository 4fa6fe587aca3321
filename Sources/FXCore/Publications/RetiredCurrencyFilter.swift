/// Removes the pairs of withdrawn currencies from readings, and reports each currency once.
struct RetiredCurrencyFilter {
  let source: SourceName

  /// The currencies that were reported before, sorted.
  let reported: [Currency]

  let now: Timestamp

  /// Returns a reading without withdrawn currencies.
  func filtered(_ reading: SourceReading, in decision: DecisionBuilder) -> SourceReading {
    let candidates = reading.observations.lazy.map(\.pair).filter(RetiredCurrencies.mayBeRetired)
    guard !candidates.isEmpty || !reading.setAside.isEmpty else { return reading }
    let day = reading.valueDate ?? now.day
    let retired = Set(candidates.flatMap { [$0.base, $0.quote] })
      .filter { RetiredCurrencies.isRetired($0, on: day) }
      .union(reading.setAside.compactMap(\.retired))
    guard !retired.isEmpty else { return reading }
    let new = retired.subtracting(reported).sorted()
    if !new.isEmpty {
      decision.changeset.sources[source]?.retired = (reported + new).sorted()
      decision.notify(
        .sourceSuspect,
        SuspectPayload.data(
          new.map { SuspectPayload.Finding(retired: $0) }, on: source, severity: .info),
        orderingKey: "source \(source)")
    }
    return reading.withoutRetired(on: day)
  }

  /// True if a pair is missing in a publication because this filter removes it.
  func removes(_ pair: CurrencyPair, from reading: SourceReading) -> Bool {
    let day = reading.valueDate ?? now.day
    return RetiredCurrencies.isRetired(pair.base, on: day)
      || RetiredCurrencies.isRetired(pair.quote, on: day)
  }
}
