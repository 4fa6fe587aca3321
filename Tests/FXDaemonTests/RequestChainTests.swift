import FXConfig
import FXCore
import FXDaemon
import FXSources
import FXSystem
import Support
import Testing

@Suite("A poll of several requests")
struct RequestChainTests {
  /// A server that answers requests by their address, with a page for `/` and rates for any other.
  private struct Bank: HTTPTransport {
    var pages: [String: String] = [:]
    var page = ""
    var headers: [HTTPHeader] = []
    var rates = #"[{"code":"USD","rate":87.45}]"#
    let requests = Locked<[HTTPRequest]>([])

    func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
      requests.withLock { $0.append(request) }
      let known = pages[request.url]
      let isPage = known == nil && request.url.hasSuffix(".example/")
      return HTTPResponse(
        status: known == "404" ? 404 : 200, headers: headers,
        body: Array((known ?? (isPage ? page : rates)).utf8), effectiveURL: request.url,
        duration: .zero)
    }
  }

  private static let format = """
    every: 1h
    format: json
    base: code
    quote: KGS
    rate: rate
    """

  private static let first = """
    first: {url: "https://bank.example/", take: {token: 'token="([^"]*)"'}}
    """

  private static let linked = """
    first: {url: "https://bank.example/", take: {link: "//a/@href"}}
    url: "{link}"
    """

  /// Polls a source of these settings; returns its rates or the failure, and the requests.
  private static func poll(
    _ settings: String, _ bank: Bank
  ) async throws -> (result: String, requests: [HTTPRequest]) {
    let problems = SettingsProblems()
    let tree = ConfigFile.parse(Array(settings.utf8), file: "f.yaml", problems: problems)
    let section = SettingsSection(try #require(tree), path: ["sources", "s"], problems: problems)
    let definition = SourceDefinition.read(
      name: SourceName("s"), from: section, zones: UniversalTime())
    try #require(problems.all.map(\.description) == [])
    let scratch = try Scratch()
    try scratch.write("s3cret-value", to: "bank")
    let fetcher = Fetcher(
      lane: try SocketLane(label: "test"), transport: bank, zones: SystemZones(),
      secrets: FileSecrets(environment: ["CREDENTIALS_DIRECTORY": scratch.path], folder: ""),
      readers: BodyReaders(keepsSpare: false))
    await fetcher.use([try #require(definition)])
    let outcome = await fetcher.fetch(.init(source: SourceName("s"), validators: nil)).last
    let requests = bank.requests.withLock { $0 }
    switch outcome {
    case .read(let reading, _, _):
      let rates = reading.observations.map { "\($0.pair) \($0.rate.printed)" }
      let setAside = reading.setAside.map { "(\($0.reason))" }
      return ((rates + setAside).joined(separator: ", "), requests)
    case .failed(let reason, _): return (reason, requests)
    default: return ("\(String(describing: outcome))", requests)
    }
  }

  @Test("sends a text of the first response, escaped for its place, and its cookies")
  func token() async throws {
    let bank = Bank(
      page: #"<input name="x" token="a&b =/c">"#,
      headers: [HTTPHeader("Set-Cookie", "id=7; Path=/; Secure"), HTTPHeader("Set-Cookie", "bad")])
    let (result, requests) = try await Self.poll(
      """
      \(Self.first)
      url: https://bank.example/rates?t={token}
      headers: {X-Token: "{token}", Content-Type: application/x-www-form-urlencoded}
      body: "t={token}"
      \(Self.format)
      """, bank)
    #expect(result == "USD/KGS 87.45")
    let last = try #require(requests.last)
    #expect(
      requests.map(\.url) == [
        "https://bank.example/", "https://bank.example/rates?t=a%26b%20%3D%2Fc",
      ])
    #expect(last.method == .post)
    #expect(String(decoding: last.body, as: UTF8.self) == "t=a%26b%20%3D%2Fc")
    #expect(last.headers.contains(HTTPHeader("X-Token", "a&b =/c")))
    #expect(last.headers.contains(HTTPHeader("Cookie", "id=7")))
  }

  @Test(
    "follows a link to the host of its page, and to hosts of the config",
    arguments: [
      ("/files/rates.json", "https://bank.example/files/rates.json"),
      ("https://bank.example/a?b=1", "https://bank.example/a?b=1"),
      ("https://files.example/a", "https://files.example/a"),
    ])
  func link(link: String, target: String) async throws {
    let (result, requests) = try await Self.poll(
      "\(Self.linked)\nredirects: [files.example]\n\(Self.format)",
      Bank(page: "<html><a href='\(link)'>x</a></html>"))
    #expect(result == "USD/KGS 87.45")
    #expect(requests.last?.url == target)
    #expect(requests.allSatisfy { !$0.allowPrivate })
  }

  @Test(
    "refuses a link to any other host or scheme",
    arguments: [
      "https://evil.example/a", "http://bank.example/a", "https://127.0.0.1/", "//10.0.0.1/x",
      "https://bank.example@evil.example/", "https://bank.example.evil.example/",
      "file:///etc/passwd",
      "javascript:1", "https://bank.example:x/", "https:\\\\evil.example/",
    ])
  func hostile(link: String) async throws {
    let (result, requests) = try await Self.poll(
      "\(Self.linked)\n\(Self.format)", Bank(page: "<html><a href='\(link)'>x</a></html>"))
    #expect(
      result.hasPrefix("the first response leads to") || result.hasPrefix("the link of the first"))
    #expect(requests.count == 1)
  }

  @Test("takes no secret to another server, and none from a page that repeats it")
  func secrets() async throws {
    let keyed = """
      \(Self.linked)
      redirects: [files.example]
      headers: {X-Key: {credential: bank}}
      \(Self.format)
      """
    let away = try await Self.poll(
      keyed, Bank(page: "<html><a href='https://files.example/a'>x</a></html>"))
    #expect(
      away.result
        == "the response leads to another server, which must not receive the source's secret")
    #expect(away.requests.count == 1)
    let port = try await Self.poll(
      keyed, Bank(page: "<html><a href='https://bank.example:8443/a'>x</a></html>"))
    #expect(port.requests.count == 1)
    let near = try await Self.poll(keyed, Bank(page: "<html><a href='/a'>x</a></html>"))
    #expect(near.result == "USD/KGS 87.45")
    #expect(near.requests.last?.headers.contains(HTTPHeader("X-Key", "s3cret-value")) == true)
    let echo = try await Self.poll(
      """
      first: {url: "https://bank.example/", headers: {X-Key: "{key}"}, take: {token: 'token="([^"]*)"'}}
      key: {credential: bank}
      url: https://bank.example/rates?t={token}
      \(Self.format)
      """, Bank(page: #"token="s3cret-value""#))
    #expect(echo.result == "a text of the first response contains the source's secret")
    #expect(echo.requests.count == 1)
  }

  @Test("fails where the first response lacks the text, or the text has control characters")
  func missing() async throws {
    let settings = "\(Self.first)\nurl: https://bank.example/rates?t={token}\n\(Self.format)"
    #expect(
      try await Self.poll(settings, Bank(page: "<html>closed</html>")).result.hasPrefix(
        "the first response:"))
    #expect(
      try await Self.poll(settings, Bank(page: "token=\"a\u{1}b\"")).result
        == "a text of the first response is too long or has control characters")
  }

  @Test("asks for each value, and sets one of five aside that fails")
  func each() async throws {
    let settings = """
      each: {code: [USD, EUR, GBP, JPY, CHF]}
      url: https://bank.example/{code}
      allow_private: true
      every: 1h
      format: json
      base: "{code}"
      quote: KGS
      rate: rate
      """
    let bank = Bank(pages: ["https://bank.example/JPY": "404"], rates: #"[{"rate":87.45}]"#)
    let (result, requests) = try await Self.poll(settings, bank)
    #expect(
      result
        == "USD/KGS 87.45, EUR/KGS 87.45, GBP/KGS 87.45, CHF/KGS 87.45, (JPY: the server answered HTTP"
        + " 404)")
    #expect(requests.map { $0.url.suffix(3) } == ["USD", "EUR", "GBP", "JPY", "CHF"])
    let broken = Bank(
      pages: ["https://bank.example/JPY": "404", "https://bank.example/CHF": "404"],
      rates: #"[{"rate":87.45}]"#)
    #expect(try await Self.poll(settings, broken).result == "the server answered HTTP 404")
  }

  @Test("reads page by page, by address, by number or by a text, and ends where there is no other")
  func pages() async throws {
    func page(_ code: String, _ next: String) -> String {
      #"{"rates":[{"code":"\#(code)","rate":1.5}],"next":\#(next)}"#
    }
    let rest = "allow_private: true\nnext: $.next\nrows: rates\n\(Self.format)"
    let byAddress = Bank(pages: [
      "https://bank.example/r": page("USD", "\"/r2\""),
      "https://bank.example/r2": page("EUR", "\"/r2\""),
    ])
    let first = try await Self.poll("url: https://bank.example/r\n\(rest)", byAddress)
    #expect(first.result == "USD/KGS 1.5, EUR/KGS 1.5")
    #expect(first.requests.count == 3)
    let byNumber = Bank(pages: [
      "https://bank.example/r?p=1": page("USD", "true"),
      "https://bank.example/r?p=2": page("EUR", "false"),
    ])
    let second = try await Self.poll("url: https://bank.example/r?p={page}\n\(rest)", byNumber)
    #expect(second.result == "USD/KGS 1.5, EUR/KGS 1.5")
    let byText = Bank(pages: [
      "https://bank.example/r?c=": page("USD", "\"a b\""),
      "https://bank.example/r?c=a%20b": page("EUR", "null"),
    ])
    let third = try await Self.poll("url: https://bank.example/r?c={next}\n\(rest)", byText)
    #expect(third.result == "USD/KGS 1.5, EUR/KGS 1.5")
    let away = Bank(pages: ["https://bank.example/r": page("USD", "\"https://evil.example/\"")])
    #expect(
      try await Self.poll("url: https://bank.example/r\n\(rest)", away).result.contains(
        "evil.example, which is not requested"))
  }
}
