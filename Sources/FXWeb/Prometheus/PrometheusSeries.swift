import FXCore
import FXServer

/// Answers to queries about rates.
///
/// A sample is the rate valid at its time: the last trusted one first seen at or before it.
struct PrometheusSeries {
  /// The most samples of a series, as Prometheus has it.
  private static let mostSamples: Int64 = 11_000

  /// The most samples of all series of an answer, and rates of a pair that are read for it.
  private static let mostOfAll = 200_000

  private let source: SiteSource

  init(_ call: RouteCall) { source = call.source }

  /// The answer to a query at one time, by default now.
  func instant(_ parameters: [RequestTarget.Parameter]) throws(WebFailure) -> WebResponse {
    let query = try Self.query(parameters)
    let at = try Self.instant(parameters, "time") ?? source.now
    switch query {
    case .scalar(let value):
      return Self.result("scalar", Self.sample(at, value))
    case .selector(let selector, let offset):
      let rates = try source.stored { reader throws(StoreProblem) in
        try reader.rates(asOf: at - offset)
      }
      return Self.result(
        "vector",
        .array(
          rates.filter { selector.matches($0.series) }.map { rate in
            .object([
              .init("metric", Self.metric(rate.series)),
              .init("value", Self.sample(at, rate.point.rate.perUnitText)),
            ])
          }))
    }
  }

  /// The answer to a query at the times from `start` to `end`, `step` apart.
  func range(_ parameters: [RequestTarget.Parameter]) throws(WebFailure) -> WebResponse {
    let query = try Self.query(parameters)
    guard let start = try Self.instant(parameters, "start"),
      let end = try Self.instant(parameters, "end"), let step = try Self.step(parameters)
    else { throw .invalid("start, end and step are required") }
    guard end >= start else { throw .invalid("end is before start") }
    guard (end - start).milliseconds / step <= Self.mostSamples else {
      throw .invalid("there would be more than \(Self.mostSamples) samples; use a longer step")
    }
    let times = stride(from: start.milliseconds, through: end.milliseconds, by: Int(step)).map {
      Timestamp(milliseconds: $0)
    }
    switch query {
    case .scalar(let value):
      return Self.result(
        "matrix",
        .array([
          .object([
            .init("metric", .object([])),
            .init("values", .array(times.map { Self.sample($0, value) })),
          ])
        ]))
    case .selector(let selector, let offset):
      return try matrix(selector, times, offset: offset)
    }
  }

  private func matrix(
    _ selector: PrometheusSelector, _ times: [Timestamp], offset: Duration
  ) throws(WebFailure) -> WebResponse {
    let series = try source.latestRates().map(\.series).filter { selector.matches($0) }
    guard times.count * series.count <= Self.mostOfAll else { throw Self.tooMuch }
    var matrix = PrometheusMatrix()
    for pair in Set(series.map(\.pair)).sorted() {
      var query = HistoryQuery(pair: pair)
      query.allVersions = true
      query.asOf = times.last.map { $0 - offset }
      query.limit = Self.mostOfAll + 1
      let wanted = query
      let rows = try source.stored { reader throws(StoreProblem) in try reader.history(wanted) }
      guard rows.count <= Self.mostOfAll else { throw Self.tooMuch }
      for series in series where series.pair == pair {
        let own = rows.filter { $0.series == series && $0.suspicion == nil }
          .sorted { ($0.firstSeen, $0.publication) < ($1.firstSeen, $1.publication) }
        matrix.begin(Self.metric(series))
        var place = own.startIndex
        for time in times {
          while place < own.endIndex, own[place].firstSeen <= time - offset { place += 1 }
          guard place > own.startIndex, let rate = own[place - 1].rate else { continue }
          matrix.add(time, rate.perUnitText)
        }
        matrix.end()
      }
    }
    return matrix.response
  }

  private static let tooMuch = WebFailure.unprocessable(
    "the query would load more than \(mostOfAll) samples; select fewer series or use a longer step")

  /// The labels of the series that any `match[]` selects; of all without one.
  func labels(_ parameters: [RequestTarget.Parameter]) throws(WebFailure) -> [JSONValue] {
    var selectors: [PrometheusSelector] = []
    for parameter in parameters where parameter.name == "match[]" {
      var text = parameter.value[...]
      selectors.append(try PrometheusSelector(&text))
    }
    return try all().filter { series in
      selectors.isEmpty || selectors.contains { $0.matches(series) }
    }.map(Self.metric)
  }

  /// The values of a label, sorted.
  func values(of label: String) throws(WebFailure) -> [String] {
    Set(
      try all().flatMap { series in
        PrometheusSelector.labels(of: series).filter { $0.0 == label }.map(\.1)
      }
    ).sorted()
  }

  private func all() throws(WebFailure) -> [Series] {
    try source.stored { reader throws(StoreProblem) in try reader.rates(asOf: nil) }.map(\.series)
  }

  // MARK: Parameters and answers

  private static func query(
    _ parameters: [RequestTarget.Parameter]
  ) throws(WebFailure) -> PrometheusQuery {
    guard let text = parameters.first(where: { $0.name == "query" })?.value else {
      throw .invalid("the parameter 'query' is missing")
    }
    return try PrometheusQuery(text)
  }

  /// Seconds since 1970, whole or with a fraction, or an instant.
  private static func instant(
    _ parameters: [RequestTarget.Parameter], _ name: String
  ) throws(WebFailure) -> Timestamp? {
    guard let text = parameters.first(where: { $0.name == name })?.value, !text.isEmpty else {
      return nil
    }
    if let seconds = Double(text), abs(seconds) < 9e12 {
      return Timestamp(milliseconds: Int64((seconds * 1000).rounded()))
    }
    guard let instant = Timestamp(text: text) else {
      throw .invalid("\(name): \(text.quoted) is neither seconds since 1970 nor an instant")
    }
    return instant
  }

  /// A step in milliseconds: a number of seconds or a duration.
  private static func step(
    _ parameters: [RequestTarget.Parameter]
  ) throws(WebFailure) -> Int64? {
    guard let text = parameters.first(where: { $0.name == "step" })?.value else { return nil }
    if let seconds = Double(text), seconds >= 0.001, seconds < 9e9 {
      return Int64((seconds * 1000).rounded())
    }
    guard let duration = DurationText.parse(text), duration > .zero else {
      throw .invalid("step: \(text.quoted) is neither seconds nor a duration")
    }
    return duration.milliseconds
  }

  private static func metric(_ series: Series) -> JSONValue {
    .object(PrometheusSelector.labels(of: series).map { .init($0.0, .string($0.1)) })
  }

  private static func sample(_ at: Timestamp, _ value: String) -> JSONValue {
    .array([.number(at.seconds), .string(value)])
  }

  private static func result(_ type: String, _ value: JSONValue) -> WebResponse {
    PrometheusRoutes.success(
      .object([.init("resultType", .string(type)), .init("result", value)]))
  }
}
