import FXCore
import FXDaemon
import FXSources
import FXSystem
import Support
import Testing

@Suite("The fetcher of sources")
struct FetcherTests {
  private static let body = """
    <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" \
    xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube><Cube time="2026-02-20">\
    <Cube currency="USD" rate="1.0850"/></Cube></Cube></gesmes:Envelope>
    """

  /// A server that refuses requests with validators, and from the second one on all if `refusesAll`.
  private struct Server: HTTPTransport {
    let refusal: Int
    var refusesAll = false
    var headers = [HTTPHeader("ETag", "\"v1\"")]
    let requests = Locked<[Bool]>([])

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
      let isConditional = request.headers.contains { header in
        header.isNamed("if-none-match") || header.isNamed("if-modified-since")
      }
      let isFirst = requests.withLock { requests in
        requests.append(isConditional)
        return requests.count == 1
      }
      let status = isConditional || refusesAll && !isFirst ? refusal : 200
      return HTTPResponse(
        status: status, headers: headers, body: Array(FetcherTests.body.utf8),
        effectiveURL: request.url, duration: .zero)
    }
  }

  private static func definition() throws -> SourceDefinition {
    try #require(SourceDefinition.preset(named: "ecb"))
  }

  private static func fetcher(_ server: any HTTPTransport) throws -> Fetcher {
    Fetcher(
      lane: try SocketLane(label: "test"), transport: server, zones: SystemZones(),
      secrets: FileSecrets(environment: [:], folder: ""), readers: BodyReaders(keepsSpare: false))
  }

  /// Polls the source three times with the validators of the poll before, or with an entity tag, and
  /// returns the outcomes and, of each request, whether it was conditional.
  private static func poll(
    _ server: Server, etag: String? = nil
  ) async throws -> (outcomes: [FetchOutcome], requests: [Bool]) {
    let fetcher = try fetcher(server)
    await fetcher.use([try definition()])
    var outcomes: [FetchOutcome] = []
    var validators = SourceState.Validators(
      url: try definition().url, etag: etag ?? "\"v0\"", lastModified: nil)
    for _ in 0..<3 {
      outcomes += await fetcher.fetch(
        .init(source: try definition().name, validators: validators))
      if etag == nil, case .read(_, _, let new?) = outcomes.last { validators = new }
    }
    return (outcomes, server.requests.withLock { $0 })
  }

  @Test("sends no validators before it has read a body by the source's definition")
  func first() async throws {
    let (outcomes, requests) = try await Self.poll(Server(refusal: 304))
    #expect(requests == [false, true, true])
    #expect(outcomes.dropFirst() == [.unchanged, .unchanged])
  }

  @Test("sends no validators after its definition has changed")
  func changed() async throws {
    let server = Server(refusal: 304)
    let fetcher = try Self.fetcher(server)
    let validators = SourceState.Validators(
      url: try Self.definition().url, etag: "\"v1\"", lastModified: nil)
    for changed in [false, false, true] {
      var definition = try Self.definition()
      if changed { definition.declaredScale = 2 }
      await fetcher.use([definition])
      _ = await fetcher.fetch(.init(source: definition.name, validators: validators))
    }
    #expect(server.requests.withLock { $0 } == [false, true, false])
  }

  @Test("keeps no validators of a body that was modified in the future")
  func future() async throws {
    let headers = [
      HTTPHeader("ETag", "\"v1\""), HTTPHeader("Date", "Fri, 20 Feb 2026 15:00:00 GMT"),
    ]
    let (outcomes, _) = try await Self.poll(
      Server(
        refusal: 403,
        headers: headers + [HTTPHeader("Last-Modified", "Fri, 20 Feb 2026 15:02:00 GMT")]))
    guard case .read(_, _, let validators) = outcomes.first else {
      Issue.record("\(outcomes)")
      return
    }
    #expect(validators == nil)
  }

  @Test(
    "asks once more without validators where these are refused, and does not send them again",
    arguments: [400, 403, 404, 406, 412, 416, 431])
  func refused(status: Int) async throws {
    let (outcomes, requests) = try await Self.poll(Server(refusal: status))
    #expect(requests == [false, true, false, false])
    for outcome in outcomes.dropFirst() {
      guard case .read(_, _, let validators) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(validators == nil)
    }
  }

  @Test(
    "asks once, with validators again, where the server refuses every request or is overloaded",
    arguments: [
      (403, [false, true, false, true, false]), (429, [false, true, true]),
      (503, [false, true, true]),
    ])
  func refusedAnyway(status: Int, requests: [Bool]) async throws {
    let result = try await Self.poll(Server(refusal: status, refusesAll: true))
    #expect(result.requests == requests)
    #expect(
      result.outcomes.dropFirst().allSatisfy { if case .failed = $0 { true } else { false } })
  }

  @Test(
    "neither keeps nor sends validators that are too long or not printable",
    arguments: ["\"" + String(repeating: "a", count: 512) + "\"", "\"a\tb\"", "\"é\"", ""])
  func unusable(etag: String) async throws {
    let (outcomes, requests) = try await Self.poll(
      Server(refusal: 403, headers: [HTTPHeader("ETag", etag)]), etag: etag)
    #expect(requests == [false, false, false])
    guard case .read(_, _, let validators) = outcomes.first else {
      Issue.record("\(outcomes)")
      return
    }
    #expect(validators == nil)
  }

  // MARK: Bodies that are cut off

  /// A server that answers with one body after another, the last one for ever.
  private struct Pages: HTTPTransport {
    let bodies: [String]
    let count = Locked(0)

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
      let body = count.withLock { count in
        defer { count += 1 }
        return bodies[min(count, bodies.count - 1)]
      }
      return HTTPResponse(
        status: 200, headers: [], body: Array(body.utf8), effectiveURL: request.url,
        duration: .zero)
    }
  }

  @Test("doubts a body that ends before earlier ones did, until that is how they end")
  func doubt() async throws {
    let cut = "KGS/USD = 0.01144 0%\nKZT/USD = 0.00192 0%"
    let fetcher = try Self.fetcher(Pages(bodies: [cut + "\n", cut, cut, cut, cut]))
    var definition = try #require(SourceDefinition.preset(named: "timesca"))
    definition.allowPrivate = true
    await fetcher.use([definition])
    var results: [String] = []
    for _ in 0..<5 {
      for outcome in await fetcher.fetch(.init(source: definition.name, validators: nil)) {
        switch outcome {
        case .read(let reading, _, _):
          results.append(reading.observations.map { "\($0.rate.printed)" }.joined(separator: " "))
        case .failed(let reason, _): results.append(reason)
        default: results.append("\(outcome)")
        }
      }
    }
    let doubt =
      "the last line of the body has no end, which earlier ones have; it may be cut off"
    #expect(results == ["0.01144 0.00192", doubt, doubt, doubt, "0.01144 0.00192"])
  }
}
