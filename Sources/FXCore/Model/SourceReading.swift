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
