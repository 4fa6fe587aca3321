import Foundation
import Support
import Testing

@Suite("A link that acknowledges", .timeLimit(.minutes(3)))
struct AcknowledgeLinkTests {
  @Test("is in messages to people, asks before it acknowledges, and works once")
  func link() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let chat = try Receiver()
    let installation = try Installation()
    try installation.scratch.write("0123456789abcdef0123456789abcdef\n", to: "write")
    try #require(chmod(installation.scratch.file("write"), 0o600) == 0)
    let port = try ServedSite.freePort()
    try installation.configure(
      """
      sources: {timesca: \(Installation.ticker(page.url))}
      rules: {high: {when: rate > 0.11, pairs: [TJS/USD]}}
      notifiers: {chat: {type: ntfy, url: "\(chat.url)", topic: fx}}
      web: {listen: "127.0.0.1:\(port)", write_token: {file: write}, public_url: "http://127.0.0.1:\(port)"}

      """)
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker(tjs: "0.12000").text)
    let message = String(decoding: try await chat.taken(1)[0].body, as: UTF8.self)
    let path = try #require(
      message.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+(\/acknowledge\/[0-9A-Za-z%\/]+)/)?.1)
    func ask(_ method: String, _ path: String, _ headers: [String: String] = [:], body: String = "")
      throws -> RawHTTP.Answer
    {
      try #require(RawHTTP(port: port).send(method, path, headers, body: body))
    }
    let link = String(path)
    #expect(try ask("GET", link).body.contains("<button>Acknowledge</button>"))
    #expect(try await installation.command("ack", "list").output == "no acknowledgements\n")
    let last = try #require(link.last)
    let forged = link.dropLast() + (last == "0" ? "1" : "0")
    #expect(try ask("GET", String(forged)).status == 404)

    let form = ["Content-Type": "application/x-www-form-urlencoded"]
    let foreign = form.merging(["Origin": "http://evil.example"]) { $1 }
    let body = "author=ops&reason=seen"
    #expect(try ask("POST", link, foreign, body: body).status == 403)
    #expect(try ask("POST", link, form, body: body).status == 200)
    #expect(try await installation.command("ack", "list").output.contains("seen, by link "))
    #expect(try ask("POST", link, form, body: body).status == 410)
    #expect(try ask("GET", link).body.contains("This link was used already."))
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }
}
