import Foundation
import Support
import Testing

@Suite("The APIs of other programs", .timeLimit(.minutes(5)))
struct WebContractTests {
  @Test("have no series that the source no longer lists")
  func delisted() async throws {
    let both = Ticker(nil, [("TJS/USD", "0.10000", "0%"), ("KGS/USD", "0.01154", "0%")])
    let site = try await ServedSite(ticker: both)
    #expect(try site.ask("/metrics").body.contains("KGS/USD"))
    site.page.answer(page: Ticker(nil, [("TJS/USD", "0.10500", "0%")]).text)
    _ = await site.page.requests(atLeast: site.page.requests.count + 2)
    for path in [
      "/metrics", "/frankfurter/v1/latest?base=KGS", "/frankfurter/v2/rates?base=KGS",
      "/prometheus/api/v1/query?query=fxwatch_rate",
    ] {
      #expect(try !site.ask(path).body.contains("\"KGS"), "\(path)")
    }
    let range =
      "/prometheus/api/v1/query_range?query=fxwatch_rate&start=0&end=4102444800&step=4102444800"
    #expect(try site.ask(range).status == 200)
    try await site.stop()
  }

  @Test("answer errors as their clients expect them, and queries within limits")
  func errors() async throws {
    let site = try await ServedSite()
    let prometheus = try site.ask("/prometheus/api/v1/query?query=sum(x)")
    #expect(prometheus.status == 400)
    #expect(
      prometheus.body.hasPrefix("{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":"))
    #expect(prometheus.header("Content-Type") == "application/json")
    let alertmanager = try site.ask("/alertmanager/api/v2/silence/x")
    #expect(alertmanager.status == 404 && alertmanager.body == "\"no silence 'x'\"\n")
    let frankfurter = try site.ask("/frankfurter/v2/rates?form=EUR")
    #expect(frankfurter.status == 422)
    #expect(frankfurter.body.hasPrefix("{\"status\":422,\"message\":\"unknown parameter 'form'"))
    #expect(try site.ask("/api/v1/x").header("Content-Type") == "application/problem+json")
    #expect(try site.ask("/x").header("Content-Type") == "text/plain; charset=utf-8")

    let samples = "/prometheus/api/v1/query_range?query=fxwatch_rate&start=0&step=1&end="
    #expect(try site.ask(samples + "10000").status == 200)
    #expect(try site.ask(samples + "20000").status == 400)
    try await site.stop()
  }

  @Test("load a limited number of samples for all series together")
  func sampleBudget() async throws {
    let pairs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".map { ("X\($0)A/USD", "0.5", "0%") }
    let many = Ticker(nil, pairs.filter { $0.0 != "XAA/USD" })
    let site = try await ServedSite(ticker: many)
    let samples = "/prometheus/api/v1/query_range?query=fxwatch_rate&start=0&step=1&end="
    let count = try site.ask("/metrics").body.split(separator: "\n").count {
      $0.hasPrefix("fxwatch_rate{")
    }
    try #require(count > 20)
    let answer = try site.ask(samples + "10000")
    #expect(answer.status == 422)
    #expect(answer.body.contains("more than 200000 samples"), "\(answer.body)")
    try await site.stop()
  }

  @Test("Frankfurter's have the rates of a value date, of periods and of both directions")
  func frankfurter() async throws {
    let dated = { (day: String, rate: String) in Ticker(day, [("TJS/USD", rate, "0%")]) }
    let site = try await ServedSite(ticker: dated("20 February 2026", "0.10000"))
    site.page.answer(page: dated("21 February 2026", "0.12500").text)
    _ = try await site.receiver.taken(1)
    func body(_ path: String) throws -> String { try site.ask("/frankfurter" + path).body }
    #expect(
      try body("/v1/2026-02-20?base=TJS") == """
        {"amount":1.0,"base":"TJS","date":"2026-02-20","rates":{"USD":0.10000}}

        """)
    #expect(try site.ask("/frankfurter/v1/2026-02-19?base=TJS").status == 404)
    #expect(
      try body("/v1/2026-02-01..?base=USD") == """
        {"amount":1.0,"base":"USD","start_date":"2026-02-20","end_date":"2026-02-21","rates":{"2026-02-20":{"TJS":10.00000000},"2026-02-21":{"TJS":8.00000000}}}

        """)
    #expect(
      try body("/v2/rates?base=TJS&from=2026-02-21") == """
        [{"date":"2026-02-21","base":"TJS","quote":"TJS","rate":1},{"date":"2026-02-21","base":"TJS","quote":"USD","rate":0.12500}]

        """)
    #expect(
      try body("/v2/rate/TJS/USD") == """
        {"date":"2026-02-21","base":"TJS","quote":"USD","rate":0.12500}

        """)
    #expect(try body("/v2/providers").contains("\"key\":\"TIMESCA\""))
    #expect(try site.ask("/frankfurter/v2/rates?base=TJS&providers=ecb").status == 422)
    #expect(
      try site.ask("/frankfurter/v2/rates?base=TJS&date=2026-02-20&from=2026-02-20").status == 422)
    try await site.stop()
  }

  @Test("Alertmanager's replaces a silence without a moment between, and starts none later")
  func silences() async throws {
    let site = try await ServedSite()
    let headers = ServedSite.bearer.merging(["Content-Type": "application/json"]) { $1 }
    func post(_ start: String, id: String = "") throws -> RawHTTP.Answer {
      try site.ask(
        "/alertmanager/api/v2/silences", "POST", headers,
        body: """
          {"id": "\(id)", "matchers": [{"name": "alertname", "value": "high", "isRegex": false, \
          "isEqual": true}], "startsAt": "\(start)", "endsAt": "\(Self.inTwoHours)", \
          "createdBy": "ops", "comment": "known"}
          """)
    }
    #expect(try post("2099-01-01T00:00:00Z").status == 400)
    let first = try post("2026-01-01T00:00:00Z")
    #expect(first.body == "{\"silenceID\":\"00000000-0000-4000-8000-000000000001\"}\n")
    let second = try post("2026-01-01T00:00:00Z", id: "00000000-0000-4000-8000-000000000001")
    #expect(second.body == "{\"silenceID\":\"00000000-0000-4000-8000-000000000002\"}\n")
    let silences = try #require(try site.json("/alertmanager/api/v2/silences") as? [[String: Any]])
    let states = silences.map { ($0["status"] as? [String: Any])?["state"] as? String }
    #expect(states == ["expired", "active"])
    try await site.stop()
  }

  private static var inTwoHours: String {
    Date(timeIntervalSinceNow: 7200).ISO8601Format()
  }
}
