import FXCore
import FXDaemon
import FXServer

/// Prometheus' remote read: one sample of a series for each change, at the time of its first fetch.
///
/// A Prometheus that is configured with it answers all of PromQL over the exact history. The messages are
/// `ReadRequest` and `ReadResponse` of prompb/remote.proto, with the response type SAMPLES.
struct RemoteRead {
  /// The largest request, uncompressed, in bytes.
  private static let mostBytes = 256 * 1024

  /// The most samples of a response.
  private static let mostSamples = 200_000

  /// The most queries of a request, of which Prometheus sends one: each reads the history of what it
  /// selects.
  private static let mostQueries = 16

  private struct Query {
    let start: Timestamp
    let end: Timestamp
    let selector: PrometheusSelector
  }

  private let queries: [Query]
  private let source: SiteSource

  init(_ call: RouteCall) throws(WebFailure) {
    source = call.source
    guard let message = Snappy.decoded(call.request.body, atMost: Self.mostBytes),
      let fields = Protobuf.fields(message[...])
    else { throw .invalid("the body is not a ReadRequest compressed with Snappy") }
    var queries: [Query] = []
    for field in fields where field.number == 1 {
      guard case .bytes(let bytes) = field.value else { continue }
      queries.append(try Self.query(bytes))
    }
    guard queries.count <= Self.mostQueries else {
      throw .unprocessable(
        "the request has more than \(Self.mostQueries) queries; send several requests")
    }
    self.queries = queries
  }

  private static func query(_ bytes: ArraySlice<UInt8>) throws(WebFailure) -> Query {
    guard let fields = Protobuf.fields(bytes) else { throw .invalid("a query is damaged") }
    var (start, end) = (Int64.min, Int64.max)
    var matchers: [PrometheusSelector.Matcher] = []
    for field in fields {
      switch (field.number, field.value) {
      case (1, .number(let number)): start = Int64(bitPattern: number)
      case (2, .number(let number)): end = Int64(bitPattern: number)
      case (3, .bytes(let bytes)): matchers.append(try matcher(bytes))
      default: break
      }
    }
    return Query(
      start: Timestamp(milliseconds: start), end: Timestamp(milliseconds: end),
      selector: PrometheusSelector(matchers))
  }

  private static func matcher(
    _ bytes: ArraySlice<UInt8>
  ) throws(WebFailure) -> PrometheusSelector.Matcher {
    var (kind, name, value) = (UInt64(0), "", "")
    for field in Protobuf.fields(bytes) ?? [] {
      switch (field.number, field.value) {
      case (1, .number(let number)): kind = number
      case (2, .bytes(let text)): name = String(decoding: text, as: UTF8.self)
      case (3, .bytes(let text)): value = String(decoding: text, as: UTF8.self)
      default: break
      }
    }
    guard kind < 4 else { throw .invalid("a matcher has an unknown type") }
    return try PrometheusSelector.Matcher(
      name: name, value: value, isEqual: kind == 0 || kind == 2, isPattern: kind > 1)
  }

  /// The answer: a `QueryResult` for each query.
  func response() throws(WebFailure) -> WebResponse {
    var message: [UInt8] = []
    var count = 0
    let series = try source.latestRates().map(\.series)
    for query in queries {
      var result: [UInt8] = []
      for series in series where query.selector.matches(series) {
        let samples = try samples(of: series, in: query, beside: count)
        count += samples.count
        guard !samples.isEmpty else { continue }
        Protobuf.append(1, Self.timeSeries(series, samples), to: &result)
      }
      Protobuf.append(1, result, to: &message)
    }
    var response = WebResponse(type: "application/x-protobuf", body: Snappy.encoded(message))
    response.headers.append(HTTPHeader("Content-Encoding", "snappy"))
    return response
  }

  /// Returns the samples of a series between the ends of a query.
  private func samples(
    of series: Series, in query: Query, beside count: Int
  ) throws(WebFailure) -> [(at: Int64, value: Double)] {
    var wanted = HistoryQuery(pair: series.pair)
    (wanted.source, wanted.allVersions) = (series.source, true)
    wanted.newest = Self.mostSamples + 1
    let history = wanted
    let rows = try source.stored { reader throws(StoreProblem) in try reader.history(history) }
      .filter { $0.series == series }
      .sorted { ($0.firstSeen, $0.publication) < ($1.firstSeen, $1.publication) }
    if rows.count > Self.mostSamples, let oldest = rows.first, oldest.firstSeen > query.start {
      throw .unprocessable(
        "a series has more than \(Self.mostSamples) rates since then; ask for a later start")
    }
    var samples: [(at: Int64, value: Double)] = []
    for row in rows
    where row.suspicion == nil && row.firstSeen >= query.start && row.firstSeen <= query.end {
      let value = row.rate.flatMap { Double($0.perUnitText) } ?? Self.stale
      if samples.last?.at == row.firstSeen.milliseconds { samples.removeLast() }
      samples.append((row.firstSeen.milliseconds, value))
    }
    guard count + samples.count <= Self.mostSamples else {
      throw .unprocessable("the answer would have more than \(Self.mostSamples) samples")
    }
    return samples
  }

  /// The value that ends a series, a NaN with a meaning of its own in Prometheus.
  private static let stale = Double(bitPattern: 0x7ff0_0000_0000_0002)

  private static func timeSeries(
    _ series: Series, _ samples: [(at: Int64, value: Double)]
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for (name, value) in PrometheusSelector.labels(of: series) {
      var label: [UInt8] = []
      Protobuf.append(1, name.utf8, to: &label)
      Protobuf.append(2, value.utf8, to: &label)
      Protobuf.append(1, label, to: &bytes)
    }
    for sample in samples {
      // A double, and the time in milliseconds.
      var content: [UInt8] = [1 << 3 | 1]
      withUnsafeBytes(of: sample.value.bitPattern.littleEndian) { content += $0 }
      content.append(2 << 3)
      Protobuf.append(variableNumber: UInt64(bitPattern: sample.at), to: &content)
      Protobuf.append(2, content, to: &bytes)
    }
    return bytes
  }
}
