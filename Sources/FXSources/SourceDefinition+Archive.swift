package import FXCore

extension SourceDefinition {
  /// Passes the readings of an archive file of this source to `handle`, day by day.
  ///
  /// The file has one of the publisher's archive formats or the format of the source itself, which
  /// contains many days if each row has a date, else one.
  /// No text contains a secret of `redaction`.
  package func readArchive(
    _ body: [UInt8], redaction: Redaction = .none,
    _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    do throws(ParseError) {
      try readPublished(body) { reading throws(ParseError) in
        try handle(try reading.redacted(by: redaction))
      }
    } catch {
      throw error.redacted(by: redaction)
    }
  }

  private func readPublished(
    _ body: [UInt8], _ handle: (SourceReading) throws(ParseError) -> Void
  ) throws(ParseError) {
    guard body.count <= ArchiveLimits.maximumBytes else {
      throw ParseError("the file is larger than \(ArchiveLimits.maximumBytes >> 20) MiB")
    }
    if let format = archiveFormat(of: body) {
      return try format.reader.readAll(body, contentType: nil, handle)
    }
    if let archive = reader as? any ArchiveReader, archive.hasRowDates {
      return try archive.readAll(body, contentType: nil, handle)
    }
    try handle(try read(body, contentType: nil))
  }
}

extension SourceDefinition {
  /// Returns the publications after `day` and before `newest` that a polled body contains, oldest
  /// first; empty if a body of the source contains one day.
  ///
  /// Only days with at least half of the newest's series are publications: an older row among newer ones
  /// is of a currency no longer quoted. At most `ArchiveLimits.maximumDays`, the latest ones.
  package func days(
    of body: [UInt8], after day: CalendarDay, before newest: SourceReading,
    redaction: Redaction = .none
  ) -> [SourceReading] {
    guard let last = newest.valueDate, day.advanced(by: 1) < last, hasManyDays(body) else {
      return []
    }
    var found: [CalendarDay: [Observation]] = [:]
    try? readArchive(body, redaction: redaction) { reading in
      guard let valueDate = reading.valueDate, day < valueDate, valueDate < last,
        !reading.observations.isEmpty
      else { return }
      found[valueDate, default: []] += reading.observations
    }
    func series(_ observations: [Observation]) -> Set<Series> {
      Set(observations.map { Series(source: name, pair: $0.pair, side: $0.side) })
    }
    let wanted = series(newest.observations)
    return found.filter { series($0.value).intersection(wanted).count * 2 >= wanted.count }.sorted {
      $0.key < $1.key
    }
    .suffix(ArchiveLimits.maximumDays)
    .map { SourceReading(valueDate: $0.key, observations: $0.value) }
  }

  private func hasManyDays(_ body: [UInt8]) -> Bool {
    archiveFormat(of: body) != nil || (reader as? any ArchiveReader)?.hasRowDates == true
  }

  private func archiveFormat(of body: [UInt8]) -> ArchiveFormat? {
    ArchiveFormat.all.first { format in
      presetName.map { format.presets.contains($0) } == true && format.matches(body)
    }
  }
}
