import FXCore
import Glibc
import Support
import Testing

@Suite("fxwatch status", .timeLimit(.minutes(5)))
struct StatusTests {
  private static let console = [("console", "{type: stdout}")]

  @Test("shows sources, alerts and queues of the running daemon, and exits with the worst state")
  func running() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("high", "{when: rate > 0.11, severity: critical}")], notifiers: Self.console)
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    let calm = try await installation.command("status")
    #expect(calm.status == 0)
    #expect(calm.errors == "")
    #expect(calm.output.hasPrefix("fxwatch 0.1.0 (pid \(daemon.pid)), running since "))
    #expect(calm.output.contains(": ok\n"))
    #expect(calm.output.contains("no alerts fire"))

    page.answer(page: Ticker(tjs: "0.12000").text)
    try await daemon.output.first(1)
    let firing = try await installation.command("status", "--format", "json")
    #expect(firing.status == 2)
    let status = try JSONReader.read(Array(firing.output.utf8))
    #expect(status["state"]?.text == "critical")
    #expect(status["daemon"]?["pid"]?.text == "\(daemon.pid)")
    #expect(status["firing"]?.text == "1")
    let alert = status["alerts"]?.elements?.first
    #expect(alert?["rule"]?.text == "high")
    #expect(alert?["pair"]?.text == "TJS/USD")
    #expect(status["notifiers"]?.elements?.first?["notifier"]?.text == "console")

    let id = try #require(alert?["alert_id"]?.text)
    let known = try await installation.command(
      "ack", id, "--author", "ops", "--reason", "known")
    #expect(known.status == 0)
    // The daemon reads acknowledgements with the next publication.
    page.answer(page: Ticker(tjs: "0.12500").text)
    let asked = page.requests.count
    _ = await page.requests(atLeast: asked + 3)
    let muted = try await installation.command("status", "--format", "csv")
    #expect(muted.status == 0)
    #expect(muted.output.contains("\nalert,\(id),acknowledged,"))

    page.answer { _ in .text("", status: 503) }
    let before = page.requests.count
    _ = await page.requests(atLeast: before + 2)
    let failing = try await installation.command("status")
    #expect(failing.status == 2)
    #expect(failing.output.contains("no source can be read"))
    #expect(failing.output.contains("source timesca: failing since "))
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }

  @Test("is critical without a daemon, also after one was killed, with a sentence on what to do")
  func absent() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))], notifiers: Self.console)
    let sentence =
      "fxwatch is not running with the state directory '\(installation.scratch.file("state"))';"
      + " start it with 'systemctl start fxwatch' or 'fxwatch run', or name its config with"
      + " --config\n"
    let before = try await installation.command("status")
    #expect(before.status == 2)
    #expect(before.errors == sentence)
    #expect(before.output == "")
    let daemon = try await installation.daemon()
    daemon.signal(SIGKILL)
    _ = try await daemon.ending()
    let after = try await installation.command("status")
    #expect(after.status == 2)
    #expect(after.errors == sentence)

    // The socket that the killed one left behind does not keep the next one from answering.
    let next = try await installation.daemon()
    _ = await page.requests(atLeast: 3)
    #expect(try await installation.command("status").status == 0)
    next.signal(SIGTERM)
    #expect(try await next.ending().status == 0)
  }

  @Test("answers although the config on disk has become bad meanwhile")
  func badConfig() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))], notifiers: Self.console)
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    try installation.configure("sources: {timesca: {preset: nowhere}}\n")
    #expect(try await installation.command("status").status == 0)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }
}
