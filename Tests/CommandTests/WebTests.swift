import Foundation
import Support
import Testing

@Suite("The page and the API", .timeLimit(.minutes(5)))
struct WebTests {
  @Test("show what is published and what fires, and write silences with a token")
  func whole() async throws {
    let site = try await ServedSite()
    let id = try await site.fire()

    let rates = try #require(try site.json("/api/v1/rates?pair=TJS/USD") as? [[String: Any]])
    #expect(rates.map { $0["rate"] as? String } == ["0.12000"])
    let alerts = try #require(try site.json("/api/v1/alerts") as? [[String: Any]])
    #expect(alerts.map { $0["alert_id"] as? String } == [id])
    let history = try site.ask("/api/v1/history?pair=TJS/USD&versions=true&limit=1")
    #expect(
      history.header("Link")
        == "</api/v1/history?pair=TJS/USD&versions=true&limit=1&offset=1>; rel=\"next\"")
    let unknown = try site.ask("/api/v1/rates?pear=TJS/USD")
    #expect(unknown.status == 422)
    #expect(
      unknown.body.contains("unknown parameter 'pear'; expected one of source, pair"),
      "\(unknown.body)")

    for path in [
      "/", "/?q=tjs", "/pairs/TJS/USD", "/pairs/TJS/USD?range=all", "/alerts/\(id)", "/rules",
      "/sources", "/sources/timesca", "/deliveries", "/silences", "/metrics", "/livez", "/readyz",
      "/openapi.json",
      "/pairs/TJS/USD/chart.svg", "/feeds/alerts.atom", "/history.csv?pair=TJS/USD",
      "/frankfurter/v1/latest?base=TJS", "/assets/style.css", "/assets/page.js",
    ] {
      let answer = try site.ask(path)
      #expect(answer.status == 200, "\(path)")
      #expect(answer.header("X-Content-Type-Options") == "nosniff")
      #expect(
        answer.header("Content-Security-Policy")
          == "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
      let tag = try #require(answer.header("ETag"), "\(path)")
      if path.hasPrefix("/assets") || path.hasPrefix("/frankfurter") {
        #expect(try site.ask(path, "GET", ["If-None-Match": tag]).status == 304)
      }
    }
    let metrics = try site.ask("/metrics").body
    let rate =
      "fxwatch_rate{base=\"TJS\",pair=\"TJS/USD\",quote=\"USD\",side=\"mid\",source=\"timesca\"} 0.12000\n"
    #expect(metrics.contains(rate))
    let overview = try site.ask("/").body
    #expect(overview.contains("<a href=\"/alerts/\(id)\">high</a>"))

    let source = try site.ask("/sources/timesca").body
    for text in [
      "<h1>Source timesca</h1>", "polled every 1s, ± 10 %",
      "The last 2 publications, the newest first", "<td class=\"number\">0.12000</td>",
    ] { #expect(source.contains(text), "\(text)") }
    #expect(try site.ask("/sources/unknown").status == 404)
    let groups = try #require(
      try site.json("/alertmanager/api/v2/alerts/groups") as? [[String: Any]])
    #expect(groups.map { $0["labels"] as? [String: String] } == [["source": "timesca"]])
    #expect(groups.map { $0["receiver"] as? [String: String] } == [["name": "ops"]])
    let grouped = try #require(groups.first?["alerts"] as? [[String: Any]])
    #expect(
      grouped.map { ($0["labels"] as? [String: String])?["alertname"] } == ["high"])
    let others = try site.json("/alertmanager/api/v2/alerts/groups?receiver=unknown") as? [Any]
    #expect(others?.count == 0)

    let silence =
      "{\"match\": [\"rule=high\"], \"author\": \"ops\", \"reason\": \"known\", \"for\": \"2h\"}"
    let json = ["Content-Type": "application/json"]
    #expect(try site.ask("/api/v1/silences", "POST", json, body: silence).status == 401)
    let foreign = json.merging(ServedSite.bearer) { $1 }.merging(["Origin": "http://evil.example"])
    { $1 }
    #expect(try site.ask("/api/v1/silences", "POST", foreign, body: silence).status == 403)
    let elsewhere = json.merging(ServedSite.bearer) { $1 }
      .merging(["Sec-Fetch-Site": "cross-site"]) { $1 }
    #expect(try site.ask("/api/v1/silences", "POST", elsewhere, body: silence).status == 403)
    let opaque = json.merging(ServedSite.bearer) { $1 }.merging(["Origin": "null"]) { $1 }
    #expect(try site.ask("/api/v1/silences", "POST", opaque, body: silence).status == 403)
    let ours = opaque.merging(["Sec-Fetch-Site": "same-origin"]) { $1 }
    #expect(try site.ask("/api/v1/silences", "POST", ours, body: "{}").status == 400)
    let own = json.merging(ServedSite.bearer) { $1 }
    #expect(try site.ask("/api/v1/silences", "POST", own, body: silence).status == 201)
    let silences = try #require(try site.json("/api/v1/silences") as? [[String: Any]])
    #expect(silences.map { $0["author"] as? String } == ["ops"])
    #expect(try site.ask("/api/v1/silences/1", "DELETE", own).status == 200)
    let form = ["Content-Type": "application/x-www-form-urlencoded"].merging(ServedSite.bearer) {
      $1
    }
    let acknowledged = try site.ask(
      "/alerts/\(id)/acknowledge", "POST", form, body: "author=ops&reason=seen")
    #expect(acknowledged.status == 303)
    #expect(acknowledged.header("Location") == "/alerts/\(id)")
    try await site.stop()
  }

  @Test("refuse names that are not theirs, and readers without the token")
  func access() async throws {
    let site = try await ServedSite(", read_token: {file: read}, hosts: [fx.example.org]")
    let reading = ["Authorization": "Bearer fedcba9876543210fedcba9876543210"]
    #expect(try site.ask("/api/v1/rates").status == 401)
    #expect(try site.ask("/").status == 401)
    #expect(try site.ask("/metrics").status == 401)
    #expect(try site.ask("/livez").status == 200)
    #expect(try site.ask("/api/v1/rates", "GET", reading).status == 200)
    #expect(try site.ask("/api/v1/rates", "GET", ServedSite.bearer).status == 200)
    let basic = Data("any:fedcba9876543210fedcba9876543210".utf8).base64EncodedString()
    #expect(try site.ask("/", "GET", ["Authorization": "Basic \(basic)"]).status == 200)
    let wrong = ["Authorization": "Bearer fedcba9876543210fedcba987654321"]
    #expect(try site.ask("/api/v1/rates", "GET", wrong).status == 401)
    let rebound = reading.merging(["Host": "evil.example"]) { $1 }
    #expect(try site.ask("/api/v1/rates", "GET", rebound).status == 421)
    let known = reading.merging(["Host": "FX.example.org:443"]) { $1 }
    #expect(try site.ask("/api/v1/rates", "GET", known).status == 200)
    #expect(try site.ask("/api/v1/rates", "PUT", reading).status == 405)
    #expect(try site.ask("/api/v1/nothing", "GET", reading).status == 404)
    try await site.stop()
  }

  @Test("need a token where other machines can connect, and a long one")
  func settings() async throws {
    let installation = try Installation()
    try installation.scratch.write("short", to: "token")
    try #require(chmod(installation.scratch.file("token"), 0o600) == 0)
    func problems(_ web: String) async throws -> String {
      try installation.configure(
        "sources: {ecb: {preset: ecb}}\nnotifiers: {console: {type: stdout}}\nweb: \(web)\n")
      let ending = try await installation.command("check")
      #expect(ending.status == 78)
      return ending.errors.replacing(installation.config, with: "f")
    }
    #expect(
      try await problems("{listen: \"0.0.0.0:9780\"}")
        == "f:4:15: web.listen: other machines can connect to 0.0.0.0, and anybody there could read"
        + " everything; add read_token: {credential: NAME}, or listen at 127.0.0.1\n")
    #expect(
      try await problems("{listen: somewhere}")
        == "f:4:15: web.listen: 'somewhere' is not an address; write 127.0.0.1:9780, [::1]:9780,"
        + " unix:PATH or systemd\n")
    #expect(
      try await problems("{listen: \"127.0.0.1:9780\", read_token: {file: token}}").contains(
        "web.read_token: the token is too short; use at least 16 characters"))
    #expect(
      try await problems("{liste: \"127.0.0.1:9780\"}").contains("unknown key 'liste'"))
  }
}
