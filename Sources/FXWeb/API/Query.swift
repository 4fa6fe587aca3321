import FXCore
import FXServer

/// The parameters of a request to the API, each known and given at most once.
struct Query {
  private let values: [String: String]

  /// Reads the query of a call; throws for a name that is not allowed or is repeated.
  init(_ call: RouteCall, _ allowed: [String]) throws(WebFailure) {
    try self.init(call.request.target.query, allowed)
  }

  /// Reads the parameters of a call that are known, the last of each name; others are ignored, as the API
  /// of another program does.
  init(ignoringOthers call: RouteCall, _ known: [String]) {
    values = Dictionary(
      call.request.target.query.filter { known.contains($0.name) }.map { ($0.name, $0.value) }
    ) { _, last in last }
  }

  /// Reads parameters, such as those of a form.
  init(_ parameters: [RequestTarget.Parameter], _ allowed: [String]) throws(WebFailure) {
    var values: [String: String] = [:]
    for parameter in parameters {
      guard allowed.contains(parameter.name) else {
        throw .unprocessable(
          "unknown parameter \(parameter.name.quoted)"
            + (allowed.isEmpty
              ? "; there are none" : "; expected one of \(allowed.joined(separator: ", "))"))
      }
      guard values.updateValue(parameter.value, forKey: parameter.name) == nil else {
        throw .unprocessable("the parameter '\(parameter.name)' is given twice")
      }
    }
    self.values = values
  }

  /// A parameter; nil if it is absent or empty.
  subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

  /// A parameter that is `true` or `false`, by default false.
  func flag(_ name: String) throws(WebFailure) -> Bool {
    switch values[name] {
    case nil, "false": return false
    case "true": return true
    case let text?: throw .unprocessable("\(name): \(text.quoted) is not true or false")
    }
  }

  /// A parameter that is one of some words.
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ name: String, _: Choice.Type
  ) throws(WebFailure) -> Choice? {
    guard let text = self[name] else { return nil }
    guard let choice = Choice(rawValue: text) else {
      let all = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .unprocessable("\(name): \(text.quoted) is not one of \(all)")
    }
    return choice
  }

  /// A parameter that is a pair.
  func pair(_ name: String) throws(WebFailure) -> CurrencyPair? {
    guard let text = values[name] else { return nil }
    guard let pair = CurrencyPair(text) else {
      throw .unprocessable("\(name): \(text.quoted) is not a currency pair; write it like EUR/USD")
    }
    return pair
  }

  /// A parameter that is a day.
  func day(_ name: String) throws(WebFailure) -> CalendarDay? {
    guard let text = values[name] else { return nil }
    guard let day = CalendarDay(text: text) else {
      throw .unprocessable("\(name): \(text.quoted) is not a day; write it like 2026-01-31")
    }
    return day
  }

  /// A parameter that is an instant.
  func instant(_ name: String) throws(WebFailure) -> Timestamp? {
    guard let text = values[name] else { return nil }
    guard let instant = Timestamp(text: text) else {
      throw .unprocessable(
        "\(name): \(text.quoted) is not an instant; write it like 2026-02-20T18:00:00Z")
    }
    return instant
  }

  /// A parameter that is a number in a range.
  func number(_ name: String, in range: ClosedRange<Int>) throws(WebFailure) -> Int? {
    guard let text = values[name] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .unprocessable(
        "\(name): \(text.quoted) is not a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}
