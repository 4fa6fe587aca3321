/// What one source printed at one moment.
package struct Publication: Hashable, Sendable {
  /// Its place in the source's own sequence, without gaps: from 1 for what was fetched, 0 and below
  /// for what was imported out of an archive.
  package let number: Int64

  /// Who published it.
  package let source: SourceName

  /// The day the source says the rates are for; nil where it says none.
  package let valueDate: CalendarDay?

  /// When it was first fetched.
  package let firstSeen: Timestamp

  /// When it was last fetched unchanged.
  package let lastSeen: Timestamp

  /// The first 16 bytes of the SHA-256 of the body it was read from, in hexadecimal: evidence.
  package let bodyHash: String

  /// What stood beside the rates.
  package let headlines: [Headline]

  /// One publication.
  package init(
    number: Int64, source: SourceName, valueDate: CalendarDay?, firstSeen: Timestamp,
    lastSeen: Timestamp, bodyHash: String, headlines: [Headline]
  ) {
    self.number = number
    self.source = source
    self.valueDate = valueDate
    self.firstSeen = firstSeen
    self.lastSeen = lastSeen
    self.bodyHash = bodyHash
    self.headlines = headlines
  }
}
