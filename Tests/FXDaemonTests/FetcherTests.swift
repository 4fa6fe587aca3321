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

  /// A server that refuses requests with validators.
  private struct Server: HTTPTransport {
    let refusal: Int
    let refusesAll: Bool
    let etag: String
    let requests = Locked<[Bool]>([])

    init(refusal: Int, refusesAll: Bool = false, etag: String = "\"v1\"") {
      self.refusal = refusal
      self.refusesAll = refusesAll
      self.etag = etag
    }

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
      let isConditional = request.headers.contains { $0.isNamed("if-none-match") }
      requests.withLock { $0.append(isConditional) }
      let status = isConditional || refusesAll ? refusal : 200
      return HTTPResponse(
        status: status, headers: [HTTPHeader("ETag", etag)], body: Array(FetcherTests.body.utf8),
        effectiveURL: request.url, duration: .zero)
    }
  }

  private static func definition() throws -> SourceDefinition {
    try #require(SourceDefinition.preset(named: "ecb"))
  }

  private static func validators(_ etag: String? = "\"v1\"") throws -> SourceState.Validators {
    SourceState.Validators(url: try definition().url, etag: etag, lastModified: nil)
  }

  /// Polls the source twice with validators, and returns the outcomes and, of each request, whether
  /// it was conditional.
  private static func poll(
    _ server: Server, etag: String = "\"v1\""
  ) async throws -> (outcomes: [FetchOutcome], requests: [Bool]) {
    let fetcher = Fetcher(
      lane: try SocketLane(label: "test"), transport: server, zones: SystemZones(),
      secrets: FileSecrets(environment: [:], folder: ""), readers: BodyReaders(keepsSpare: false))
    await fetcher.use([try definition()])
    var outcomes: [FetchOutcome] = []
    for _ in 0..<2 {
      outcomes += await fetcher.fetch(
        .init(source: try definition().name, validators: try validators(etag)))
    }
    return (outcomes, server.requests.withLock { $0 })
  }

  @Test(
    "asks once more without validators where these are refused, and does not send them again",
    arguments: [400, 403, 404, 406, 412, 416, 431])
  func refused(status: Int) async throws {
    let (outcomes, requests) = try await Self.poll(Server(refusal: status))
    #expect(requests == [true, false, false])
    for outcome in outcomes {
      guard case .read(_, _, let validators) = outcome else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(validators == nil)
    }
  }

  @Test(
    "asks once, with validators again, where the server refuses every request or is overloaded",
    arguments: [(403, [true, false, true, false]), (429, [true, true]), (503, [true, true])])
  func refusedAnyway(status: Int, requests: [Bool]) async throws {
    let result = try await Self.poll(Server(refusal: status, refusesAll: true))
    #expect(result.requests == requests)
    #expect(
      result.outcomes.allSatisfy { if case .failed = $0 { true } else { false } })
  }

  @Test(
    "neither keeps nor sends validators that are too long or not printable",
    arguments: ["\"" + String(repeating: "a", count: 512) + "\"", "\"a\tb\"", "\"é\"", ""])
  func unusable(etag: String) async throws {
    let (outcomes, requests) = try await Self.poll(Server(refusal: 403, etag: etag), etag: etag)
    #expect(requests == [false, false])
    guard case .read(_, _, let validators) = outcomes.first else {
      Issue.record("\(outcomes)")
      return
    }
    #expect(validators == nil)
  }
}
