/// A part of the local time of an evaluation.
///
/// Neither an event nor a state by itself: a condition on it is evaluated when its other parts are.
struct CalendarNumber: NumericLeaf {
  /// The parts that conditions can read.
  enum Part: Sendable {
    case weekday
    case hour
  }

  let part: Part

  /// The IANA time zone; nil for UTC.
  let zone: String?

  let zones: any Zones

  /// Checks a call without arguments, or with the name of a time zone.
  static func expression(
    of call: FunctionCall, _ part: Part, in checker: inout TypeChecker
  ) throws(ConditionProblem) -> Expression {
    let zones = checker.scope.zones
    let zone = call.arguments.isEmpty ? nil : try zone(of: call, among: zones, checker)
    return Expression(
      .leaf(CalendarNumber(part: part, zone: zone, zones: zones)), .number,
      Requirements(readsTimeOfDay: true))
  }

  private static func zone(
    of call: FunctionCall, among zones: any Zones, _ checker: TypeChecker
  ) throws(ConditionProblem) -> String {
    let (name, range) = try call.word(checker)
    guard zones.offset(ofZone: name, at: Timestamp(milliseconds: 0)) == nil else { return name }
    let nearest = NearestName.suggestion(for: name, among: zones.names)
    throw checker.problem(
      range,
      "\(Lexer.quoted(name).quoted) is not an IANA time zone"
        + (nearest.isEmpty ? "; write one such as Europe/Zurich or UTC" : nearest))
  }

  func value(on view: some SeriesView, at moment: Moment) -> NumericResult {
    let offset = zone.flatMap { zones.offset(ofZone: $0, at: moment.now) } ?? 0
    let local = moment.now + .seconds(offset)
    let number =
      switch part {
      case .weekday: Int64(local.day.weekday)
      case .hour: (local.milliseconds - local.day.start.milliseconds) / 3_600_000
      }
    return .known(RateRange(exactly: Fraction(number)))
  }
}
