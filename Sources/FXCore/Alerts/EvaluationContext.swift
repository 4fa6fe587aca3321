/// The circumstances of an evaluation, besides the rates.
struct EvaluationContext {
  /// The event that causes an evaluation.
  enum Cause {
    /// A publication of the series, or of a source that its rules read; counted by `for` and by the
    /// detection of flapping.
    case publication
    /// A publication that revises the fixing of the series.
    case revision
    /// A publication that repeats the fixing of the series while others changed.
    case repeatedFixing
    /// The clock alone.
    case clock
    /// A start or a reload: the rule may be new or changed.
    case start
  }

  let cause: Cause

  /// The number of the publication that is evaluated, or of the last one.
  let publication: Int64

  /// The digest of what causes it: of the publication's place in history, or, for the clock, of the
  /// latest publication and the alert before.
  let origin: ContentDigest

  let now: Timestamp

  /// The time of the evaluation before, where the clock or a start evaluates a rule that does not depend
  /// on the clock.
  var lastEvaluation: Timestamp?

  /// The moment as of which conditions are evaluated and windows end: now, or that of the evaluation
  /// before.
  var moment: Timestamp { lastEvaluation ?? now }

  /// True if a publication of the series is evaluated; false for one of another source, which reads only
  /// listed series, and for the clock.
  var isOfSeries: Bool {
    switch cause {
    case .publication, .revision, .repeatedFixing: true
    case .clock, .start: false
    }
  }

  /// True if the publication was found late.
  var isLate = false

  var headlines: [Headline] = []
}
