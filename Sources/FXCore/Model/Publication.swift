/// One set of rates that a source published together.
package struct Publication: Hashable, Sendable {
  /// The place in the source's own sequence, without gaps: from 1 for fetched publications, 0 and
  /// below for imported ones.
  package let number: Int64

  /// The source that published it.
  package let source: SourceName

  /// The day the rates are for; nil if the source prints none.
  package let valueDate: CalendarDay?

  /// The time of the first fetch that returned it.
  package let firstSeen: Timestamp

  /// The time of the last fetch that returned it unchanged.
  package let lastSeen: Timestamp

  /// The first 16 bytes of the SHA-256 of the response body, in hexadecimal.
  package let bodyHash: String

  /// The headlines in the same response.
  package let headlines: [Headline]

  /// Creates a publication.
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
