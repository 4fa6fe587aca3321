/// The reason why a value is missing.
enum Absence: Hashable, Sendable {
  /// The series has one rate only.
  case previous
  /// The history does not reach back to the start of a window.
  case earlier(Window)
  /// The rate against which a move is measured is zero.
  case zeroBefore
  case zeroDivisor
  /// A value beyond exact arithmetic.
  case excess
  /// All printed rates of a window are equal.
  case sameness
  /// Another source prints no such pair.
  case source(SourceName)
  /// Another source published nothing within the time for which its rates are read.
  case old(SourceName, Duration)
  /// The source prints no two pairs from which this one can be computed.
  case legs(CurrencyPair)
  /// An input of one function is missing; the reason is a literal in that function's file.
  case input(String)

  /// The end of the sentence "unknown: …".
  var reason: String {
    switch self {
    case .previous: "there is no rate before this one"
    case .earlier(.since(let day)): "no rate from \(day) is known"
    case .earlier(.sinceStart(let period)):
      "no rate from the start of the \(period.rawValue) is known"
    case .earlier(.sinceAlert(.armed)): "the rule is armed only from now on"
    case .earlier(.sinceAlert(.fired)): "the alert does not fire, or only from now on"
    case .earlier(let window): "no rate from \(window) ago is known"
    case .zeroBefore: "the previous rate is zero"
    case .zeroDivisor: "a divisor may be zero"
    case .excess: "a value is too large to be computed"
    case .sameness: "all printed rates of the window are equal"
    case .source(let source): "\(source) prints no rate of the pair"
    case .old(let source, let age):
      "\(source) published nothing for \(DurationText.text(age)) (max_age)"
    case .legs(let pair): "the source prints no rates from which \(pair) can be computed"
    case .input(let reason): reason
    }
  }
}
