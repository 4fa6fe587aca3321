/// What guards found on one page.
struct GuardFindings {
  /// Suspect figures that people do not know of yet, and the trusted ones before them.
  var suspects: [(record: ObservationRecord, last: Rate?)] = []

  /// Series that no longer stand on the page.
  var suspended: [Series] = []

  /// How many lines are trusted.
  var trusted = 0
}

extension Engine {
  /// A reading beside what is known of its series.
  func guardedPage(
    _ reading: SourceReading, _ memory: SourceMemory, at now: Timestamp
  ) -> GuardedPage {
    GuardedPage(
      valueDate: reading.valueDate, lastValueDate: memory.state.latestValueDate, today: now.day,
      lines: reading.observations.map { observation in
        let known = memory.series[SeriesKey(pair: observation.pair, side: observation.side)]
        return GuardedLine(
          pair: observation.pair, side: observation.side, rate: observation.rate,
          last: known?.latest.rate,
          scale: known?.scale ?? memory.planned.scale(of: observation.pair))
      })
  }

  /// What guards hold against the lines of a page that say something new, or are not trusted yet, by
  /// their places.
  func suspicions(
    on reading: SourceReading, _ news: ReadingDiff, _ memory: SourceMemory, at now: Timestamp
  ) -> [Int: Suspicion] {
    guard !isQuiet(reading, news, memory, at: now) else { return [:] }
    let page = guardedPage(reading, memory, at: now)
    var suspicions: [Int: Suspicion] = [:]
    for (index, line) in page.lines.enumerated() {
      let held = memory.held(
        SeriesKey(pair: line.pair, side: line.side), at: news.lines[index].place)
      guard news.lines[index].isNews || held != nil else { continue }
      suspicions[index] = GuardCatalog.suspicion(of: line, on: page, held: held)
    }
    return suspicions
  }

  /// Whether no guard can find anything on a page, as nearly always: nothing is held, the day is as
  /// it should be, and no rate moved far.
  private func isQuiet(
    _ reading: SourceReading, _ news: ReadingDiff, _ memory: SourceMemory, at now: Timestamp
  ) -> Bool {
    guard memory.suspects.isEmpty,
      ValueDateGuard.oddity(
        of: reading.valueDate, after: memory.state.latestValueDate, today: now.day) == nil
    else { return false }
    for (index, line) in news.lines.enumerated() where line.isNews {
      let last = line.place.map { memory.series.all[$0].latest.rate }
      guard GuardCatalog.isQuiet(reading.observations[index].rate, after: last) else {
        return false
      }
    }
    return true
  }

  /// A reading without the pairs of withdrawn currencies; people are told once of each currency.
  func withoutRetired(
    _ reading: SourceReading, _ memory: SourceMemory, at now: Timestamp,
    into decision: inout Decision
  ) -> SourceReading {
    let name = memory.planned.name
    let doubtful = reading.observations.lazy.map(\.pair).filter(RetiredCurrencies.mayBeRetired)
    guard !doubtful.isEmpty else { return reading }
    let day = reading.valueDate ?? now.day
    let retired = Set(doubtful.flatMap { [$0.base, $0.quote] })
      .filter { RetiredCurrencies.isRetired($0, on: day) }
    guard !retired.isEmpty else { return reading }
    let news = retired.subtracting(memory.state.retired).sorted()
    if !news.isEmpty {
      decision.changeset.sources[name]?.retired = (memory.state.retired + news).sorted()
      let entries = news.map { currency in
        SourcePayload.Suspect(
          subject: currency.code, guardName: RetiredCurrencies.name,
          reason: RetiredCurrencies.reason(of: currency))
      }
      tell(of: entries, on: name, severity: .info, at: now, into: &decision)
    }
    return reading.withoutRetired(on: day)
  }

  /// Whether a pair left the page because it is ignored.
  func isRetired(_ pair: CurrencyPair, _ reading: SourceReading, at now: Timestamp) -> Bool {
    let day = reading.valueDate ?? now.day
    return RetiredCurrencies.isRetired(pair.base, on: day)
      || RetiredCurrencies.isRetired(pair.quote, on: day)
  }

  /// Tells in one event of everything guards found on a page.
  func tell(
    of findings: GuardFindings, on name: SourceName, at now: Timestamp,
    into decision: inout Decision
  ) {
    let suspects = findings.suspects.map { SourcePayload.Suspect($0.record, last: $0.last) }
    let suspended = findings.suspended.map { series in
      SourcePayload.Suspect(
        subject: SourcePayload.Suspect.subject(of: series), series: series, guardName: "suspended",
        reason: "\(series.pair) no longer stands on the page")
    }
    tell(
      of: suspects + suspended, on: name, severity: suspects.isEmpty ? .notice : .warning, at: now,
      into: &decision)
  }

  private func tell(
    of suspects: [SourcePayload.Suspect], on name: SourceName, severity: Severity,
    at now: Timestamp, into decision: inout Decision
  ) {
    guard !suspects.isEmpty else { return }
    tell(
      .sourceSuspect, SourcePayload.suspects(suspects, on: name, severity: severity),
      lane: "source \(name)", to: nil, at: now, into: &decision)
  }
}

extension SourceReading {
  /// The reading without the lines at these places.
  func without(_ places: Set<Int>) -> SourceReading {
    SourceReading(
      valueDate: valueDate,
      observations: observations.indices.filter { !places.contains($0) }.map { observations[$0] })
  }
}

extension SuspectPoint {
  /// Whether people know of a suspicion already: it is still held and repeats itself, or it is the
  /// very figure again that was held before, as from a cache.
  func covers(_ suspicion: Suspicion, _ rate: Rate, isHeld: Bool) -> Bool {
    isHeld
      ? isRepeated(by: rate, suspicion)
      : suspicion == self.suspicion && point.rate == rate
  }

  /// What the log says when a trusted figure follows.
  func settled(by point: SeriesPoint, of series: Series) -> LogEntry {
    let jump = RateJump(from: self.point.rate.perUnit, to: point.rate.perUnit)
    let isConfirmed = jump.map { $0.size <= GuardCatalog.confirmingJump } ?? false
    let text = self.point.rate.perUnitText
    return .trustedAgain(
      series,
      because: isConfirmed
        ? "\(point.rate.perUnitText) confirms the suspect figure \(text); the series goes on from here"
        : "\(point.rate.perUnitText) clears the series; the figure \(text) stays suspect")
  }
}
