/// A test of rules: the publications of sources over time, and the expected notifications.
///
/// It runs in the engine of the daemon. A test passes if at each moment exactly the expected
/// notifications are sent.
package struct RuleTest: Sendable {
  /// The name in the file.
  package let name: String

  /// The place of the name.
  package let mark: SettingsMark

  /// The tested rules; nil for all.
  package let rules: Set<String>?

  /// The moments in order.
  package let moments: [Moment]

  /// One second in which sources are polled.
  package struct Moment: Sendable {
    package let at: Timestamp

    /// The place of its step.
    package let mark: SettingsMark

    /// True if fxwatch was not running between the moment before and this one.
    package let isAfterDowntime: Bool

    /// The user's requests before the sources answer.
    package let requests: [Request]

    /// The answers of sources in the order written; other sources repeat their last answer.
    package let answers: [Answer]

    /// The expected notifications.
    package let expected: [Expectation]

    /// The number of rates that its sources print, and of the answers themselves.
    var rateCount: Int {
      answers.reduce(answers.count) { count, answer in
        if case .publishes(_, let lines) = answer.content { count + lines.count } else { count }
      }
    }

    /// The sources that fail.
    var failing: Set<SourceName> {
      Set(
        answers.compactMap { answer in
          if case .fails = answer.content { answer.source } else { nil }
        })
    }
  }

  /// A user's request to mute alerts, as with `fxwatch silence` and `fxwatch ack`.
  package enum Request: Sendable {
    /// Mutes alerts that match all matchers, for a duration.
    case silence([SilenceMatcher], for: Duration)
    /// Ends all silences.
    case endSilences
    /// Stops the reminders of a rule's firing alerts, of one pair or of all, for a duration or until
    /// they are resolved.
    case acknowledge(rule: String, pair: CurrencyPair?, for: Duration?)
  }

  /// The answer of one source.
  package struct Answer: Sendable {
    package let source: SourceName
    package let content: Content

    /// The content of an answer.
    package enum Content: Sendable {
      /// A page for a day; rates that it does not name keep their value.
      case publishes(CalendarDay, [Line])
      /// A failure with its reason.
      case fails(because: String)
    }
  }

  /// One line of a page.
  package struct Line: Sendable {
    package let pair: CurrencyPair
    package let side: Side

    /// The printed rate; nil if the source no longer prints the series.
    package let rate: Rate?

    /// The change printed by the source.
    package let publishedChange: String?
  }

  /// The most moments of one test: four years of hours.
  package static let maximumMoments = 40_000

  /// The most rates and answers of the sources of one test, and of all tests of a file; each takes some hundred bytes.
  package static let maximumRates = 500_000

  /// The most moments of the tests of one file.
  package static let maximumMomentsOfFile = 400_000

  /// The days in which a test may begin and end: durations of up to a century from there have years
  /// of four digits.
  static let possibleDays: ClosedRange<Timestamp> = {
    let (first, last) = (CalendarDay(text: "1900-01-01"), CalendarDay(text: "2999-12-31"))
    return (first?.start ?? .init(seconds: 0))...(last?.start ?? .init(seconds: 0))
  }()

  /// The number of rates that its sources print, and of their answers.
  package var rateCount: Int { moments.reduce(0) { $0 + $1.rateCount } }

  /// The duration of a moment: events of the clock within it belong to it.
  package static let momentLength: Duration = .milliseconds(999)
}
