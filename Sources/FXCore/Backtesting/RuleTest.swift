/// A story that somebody wrote down: what sources print, when, and what people must then be told.
///
/// It is run by the engine that runs live. Everything that is told must be expected, and everything
/// expected must be told, at its moment.
package struct RuleTest: Sendable {
  /// Its name in the file.
  package let name: String

  /// Where the name stands.
  package let mark: SettingsMark

  /// The rules it is about; nil for all there are.
  package let rules: Set<String>?

  /// What happens, in order.
  package let moments: [Moment]

  /// One second in which sources are asked.
  package struct Moment: Sendable {
    package let at: Timestamp

    /// Where its step stands.
    package let mark: SettingsMark

    /// Whether fxwatch was not running from the moment before up to this one.
    package let isAfterDowntime: Bool

    /// What somebody asks before the sources answer.
    package let requests: [Request]

    /// What sources answer, in the order written; any other says the same as before.
    package let answers: [Answer]

    /// What is told.
    package let expected: [Expectation]

    /// The sources that fail.
    var failing: Set<SourceName> {
      Set(
        answers.compactMap { answer in
          if case .fails = answer.content { answer.source } else { nil }
        })
    }
  }

  /// What somebody asks not to be told, as with `fxwatch silence` and `fxwatch ack`.
  package enum Request: Sendable {
    /// Not to be told of alerts that agree with the matchers, for so long.
    case silence([SilenceMatcher], for: Duration)
    /// To be told of everything again.
    case endSilences
    /// Not to be reminded of what a rule has firing, of one pair or of all, for so long or until it
    /// is over.
    case acknowledge(rule: String, pair: CurrencyPair?, for: Duration?)
  }

  /// What one source answers.
  package struct Answer: Sendable {
    package let source: SourceName
    package let content: Content

    /// What came of asking.
    package enum Content: Sendable {
      /// A page for a day; what it does not name stands there as before.
      case publishes(CalendarDay, [Line])
      /// Nothing that can be read, and why.
      case fails(because: String)
    }
  }

  /// One line of a page.
  package struct Line: Sendable {
    package let pair: CurrencyPair
    package let side: Side

    /// What is printed; nil where the source leaves the series out from then on.
    package let rate: Rate?

    /// The source's own change figure.
    package let publishedChange: String?
  }

  /// The most moments of one test: four years of hours.
  package static let maximumMoments = 40_000

  /// How long a moment lasts: what the clock brings a moment after it belongs to it.
  package static let momentLength: Duration = .milliseconds(999)
}
