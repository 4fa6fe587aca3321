/// Examines a reading with the guards before rules are evaluated on it.
package struct PublicationGuard {
  let known: SourceSeries

  /// The value date of the last trusted publication.
  let lastValueDate: CalendarDay?

  let now: Timestamp

  /// The times of the successful polls before; the latest ones suffice.
  let polls: [Timestamp]

  /// The guards of a source at an instant.
  package init(
    known: SourceSeries, lastValueDate: CalendarDay?, now: Timestamp, polls: [Timestamp] = []
  ) {
    self.known = known
    self.lastValueDate = lastValueDate
    self.now = now
    self.polls = polls
  }

  /// True if a reading that equals the publication before confirms a suspect rate of it.
  func isConfirmed(by reading: SourceReading, _ diff: ReadingDiff) -> Bool {
    guard reading.valueDate == nil, !known.suspects.isEmpty else { return false }
    let page = guardedPage(reading)
    return page.lines.indices.contains { position in
      let line = page.lines[position]
      guard
        let pending = known.pendingSuspect(
          SeriesKey(pair: line.pair, side: line.side), at: diff.lines[position].index)
      else { return false }
      return GuardCatalog.suspicion(of: line, on: page, pending: pending) == nil
    }
  }

  /// Returns the suspicions of guards against the lines that changed or are not trusted yet, by their
  /// positions.
  ///
  /// Cost: linear in the lines; little where no rate moved far, as nearly always.
  package func suspicions(on reading: SourceReading, _ diff: ReadingDiff) -> [Int: Suspicion] {
    guard !isInconspicuous(reading, diff) else { return [:] }
    let page = guardedPage(reading)
    var suspicions: [Int: Suspicion] = [:]
    for (position, line) in page.lines.enumerated() {
      let pending = known.pendingSuspect(
        SeriesKey(pair: line.pair, side: line.side), at: diff.lines[position].index)
      guard diff.lines[position].isChanged || pending != nil else { continue }
      suspicions[position] = GuardCatalog.suspicion(of: line, on: page, pending: pending)
    }
    return suspicions
  }

  /// True if no guard can find anything, as nearly always: no series is suspect, the value date is
  /// plausible, and no rate moved far.
  private func isInconspicuous(_ reading: SourceReading, _ diff: ReadingDiff) -> Bool {
    guard known.suspects.isEmpty,
      ValueDateGuard.finding(of: reading.valueDate, after: lastValueDate, today: now.day) == nil
    else { return false }
    for (position, line) in diff.lines.enumerated() where line.isChanged {
      let last = line.index.map { known.table.all[$0].latest.rate }
      guard GuardCatalog.isPlausible(reading.observations[position].rate, after: last) else {
        return false
      }
    }
    return true
  }

  /// Returns a reading beside the last trusted rates of its series.
  private func guardedPage(_ reading: SourceReading) -> GuardedPage {
    GuardedPage(
      valueDate: reading.valueDate, lastValueDate: lastValueDate, now: now, polls: polls,
      lines: reading.observations.map { observation in
        let memory = known.table[SeriesKey(pair: observation.pair, side: observation.side)]
        return GuardedLine(
          pair: observation.pair, side: observation.side, rate: observation.rate,
          last: memory?.latest.rate,
          scale: memory?.scale(of: observation.rate.nominal)
            ?? known.source.scale(of: observation.pair))
      })
  }
}

extension SuspectPoint {
  /// True if a suspicion was reported before: the point is still pending and the suspicion repeats
  /// it, or it is the same rate again that was pending before, as from a cache.
  func covers(_ suspicion: Suspicion, _ rate: Rate, isPending: Bool) -> Bool {
    isPending
      ? isRepeated(by: rate, suspicion)
      : suspicion == self.suspicion && point.rate == rate
  }

  /// Returns the entry for the log when a trusted point follows.
  func cleared(by point: SeriesPoint, of series: Series) -> LogEntry {
    let jump = RateJump(from: self.point.rate.perUnit, to: point.rate.perUnit)
    let isConfirmed = jump.map { $0.size <= GuardCatalog.confirmingJump } ?? false
    let (suspect, rate) = (self.point.rate.perUnitText, point.rate.perUnitText)
    return .trustedAgain(
      series,
      because: isConfirmed
        ? "\(rate) confirms the suspect rate \(suspect); the series continues from here"
        : "\(rate) clears the series; the rate \(suspect) stays suspect")
  }
}
