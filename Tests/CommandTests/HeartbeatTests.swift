import FXCore
import Foundation
import Support
import Testing

@Suite("The heartbeat", .timeLimit(.minutes(5)))
struct HeartbeatTests {
  @Test("is sent while a source can be read, and fails with the reason when none can")
  func signals() async throws {
    let page = try LoopbackServer(page: Ticker.february2026.text)
    let service = try LoopbackServer { _ in .text("OK") }
    let installation = try Installation()
    try installation.configure(
      "sources: {timesca: \(Installation.ticker(page.url))}\n"
        + "notifiers: {console: {type: stdout}}\n"
        + "heartbeat: {url: \"\(service.url)/ping/1\", every: 1s}\n")
    let daemon = try await installation.daemon()
    let first = await service.requests(atLeast: 2)
    #expect(first[0].target == "/ping/1/start")
    page.answer { _ in .text("down", status: 503) }
    var failed: LoopbackServer.ReceivedRequest?
    var count = 3
    while failed == nil, count < 90 {
      failed = await service.requests(atLeast: count).first { $0.target == "/ping/1/fail" }
      count += 1
    }
    #expect(service.requests.contains { $0.target == "/ping/1" && $0.method == "POST" })
    #expect(failed?.text.hasPrefix("no source can be read: ") == true)
    daemon.signal(15)
    #expect(try await daemon.ending().status == 0)
  }

  @Test("in the plain style only gets its address, and only while the daemon works")
  func plain() async throws {
    let page = try LoopbackServer { _ in .text("down", status: 503) }
    let service = try LoopbackServer { _ in .text("OK") }
    let installation = try Installation()
    try installation.configure(
      "sources: {timesca: \(Installation.ticker(page.url))}\n"
        + "notifiers: {console: {type: stdout}}\n"
        + "heartbeat: {url: \"\(service.url)/push?id=1\", every: 1s, style: plain}\n")
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 1)
    #expect(service.requests.isEmpty)
    page.answer(page: Ticker.february2026.text)
    let sent = await service.requests(atLeast: 2)
    #expect(sent.allSatisfy { $0.target == "/push?id=1" && $0.method == "GET" })
    daemon.signal(15)
    #expect(try await daemon.ending().status == 0)
  }
}
