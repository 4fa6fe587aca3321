/// One rate of one pair in one publication.
package struct Observation: Hashable, Sendable {
  /// What is priced in what, in the direction the source prints.
  package let pair: CurrencyPair

  /// Mid, bid or ask.
  package let side: Side

  /// The printed figure and its nominal.
  package let rate: Rate

  /// The source's own change figure, verbatim (`-0.09%`); nil where none is printed.
  package let publishedChange: String?

  /// One observed rate.
  package init(pair: CurrencyPair, side: Side = .mid, rate: Rate, publishedChange: String? = nil) {
    self.pair = pair
    self.side = side
    self.rate = rate
    self.publishedChange = publishedChange
  }
}

/// A headline that stood on the page beside the rates: context, never a cause.
package struct Headline: Hashable, Sendable {
  /// Plain text, one line, at most 300 characters; a stranger's words.
  package let title: String

  /// Its address where the page gives one (http or https).
  package let link: String?

  /// One headline.
  package init(title: String, link: String? = nil) {
    self.title = title
    self.link = link
  }
}

/// What one body of one source says, before it is compared with what is known.
///
/// Readers give it: observations are in page order, at most one per pair and side.
package struct SourceReading: Hashable, Sendable {
  /// The day the source says the rates are for; nil where it says none.
  package let valueDate: CalendarDay?

  /// One or more observations.
  package let observations: [Observation]

  /// Headlines on the page, at most `SourceReading.maximumHeadlines`.
  package let headlines: [Headline]

  /// How many headlines are kept: enough for context, few enough for a chat message.
  package static let maximumHeadlines = 6

  /// What a body says.
  package init(valueDate: CalendarDay?, observations: [Observation], headlines: [Headline] = []) {
    self.valueDate = valueDate
    self.observations = observations
    self.headlines = headlines
  }
}

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
