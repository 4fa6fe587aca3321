import Foundation
import Support
import Testing

@Suite("A poll that is asked for", .timeLimit(.minutes(2)))
struct WebPollTests {
  @Test("starts at once, unless the source was polled a moment ago, and needs the token")
  func poll() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation()
    try installation.scratch.write("0123456789abcdef0123456789abcdef\n", to: "write")
    try #require(chmod(installation.scratch.file("write"), 0o600) == 0)
    let port = try ServedSite.freePort()
    try installation.configure(
      """
      sources: {timesca: {preset: timesca, url: "\(page.url)", every: 1h, allow_private: true}}
      notifiers: {console: {type: stdout}}
      web: {listen: "127.0.0.1:\(port)", write_token: {file: write}}

      """)
    let daemon = try await installation.daemon()
    try await daemon.errors.wait(for: "the end of the first poll") { lines in
      lines.contains { $0.contains("publication 1") }
    }
    func ask(_ headers: [String: String]) throws -> RawHTTP.Answer {
      try #require(
        RawHTTP(port: port).send("POST", "/api/v1/sources/timesca/poll", headers, body: "x"))
    }
    #expect(try ask([:]).status == 401)
    // The first poll was a moment ago.
    let answer = try ask(ServedSite.bearer)
    #expect(answer.status == 429 && answer.header("Retry-After") == "10")
    #expect(page.requests.count == 1)
    // curl waits as long as Retry-After has it.
    let again = try ChildProcess(
      "/usr/bin/curl",
      [
        "--silent", "--retry", "3", "--request", "POST", "--header",
        "Authorization: Bearer 0123456789abcdef0123456789abcdef",
        "http://127.0.0.1:\(port)/api/v1/sources/timesca/poll",
      ])
    #expect(try await again.ending().output.contains("timesca is polled now"))
    _ = await page.requests(atLeast: 2)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }
}
