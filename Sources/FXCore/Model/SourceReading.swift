/// The content of one response of a source, before it is compared with the known rates.
///
/// Made by readers: observations are in the order of the response, at most one per pair and side.
package struct SourceReading: Hashable, Sendable {
  /// The day the rates are for; nil if the source prints none.
  package let valueDate: CalendarDay?

  /// The observations, one or more.
  package let observations: [Observation]

  /// The rows that are not used, in the order of the response; a withdrawn currency once.
  package let setAside: [SetAsideRow]

  /// The headlines of the response, at most `SourceReading.maximumHeadlines`.
  package let headlines: [Headline]

  /// The most headlines kept: enough for context, few enough for a chat message.
  package static let maximumHeadlines = 6

  /// Creates the content of a response.
  package init(
    valueDate: CalendarDay?, observations: [Observation], headlines: [Headline] = [],
    setAside: [SetAsideRow] = []
  ) {
    self.valueDate = valueDate
    self.observations = observations
    self.headlines = headlines
    self.setAside = setAside
  }
}
