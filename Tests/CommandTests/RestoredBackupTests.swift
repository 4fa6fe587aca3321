import Foundation
import Glibc
import Support
import Testing

@Suite("A restored backup", .timeLimit(.minutes(5)))
struct RestoredBackupTests {
  private static let lost = ["0.12000", "0.15000", "0.19000", "0.24000", "0.30000", "0.38000"]
  private static let other = ["0.12500", "0.15500", "0.19500", "0.24500", "0.30500", "0.38500"]

  /// Runs the daemon over some pages, one after the other, until each event is delivered; returns its
  /// log.
  private func run(
    _ installation: Installation, _ page: LoopbackServer, _ rates: [String], _ receiver: Receiver,
    events: Int
  ) async throws {
    let before = receiver.posts.all.count
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: page.requests.count + 2)
    for (index, rate) in rates.enumerated() {
      page.answer(page: Ticker(tjs: rate).text)
      let wanted = before + events - rates.count + index + 1
      _ = try await receiver.posts.wait(for: "the event of \(rate)") { $0.count >= wanted }
    }
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }

  @Test("gives new events new identifiers, the same ones theirs, and is reported once")
  func identifiers() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let receiver = try Receiver()
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [("ops", Installation.webhook(receiver.url))])
    let database = installation.scratch.file("state/fxwatch.db")
    let backup = installation.scratch.file("backup.db")
    try await run(installation, page, [], receiver, events: 0)
    try FileManager.default.copyItem(atPath: database, toPath: backup)
    try await run(installation, page, Self.lost, receiver, events: 6)
    let first = receiver.posts.all

    func restore() throws {
      try FileManager.default.removeItem(atPath: database)
      try FileManager.default.copyItem(atPath: backup, toPath: database)
    }
    try restore()
    page.answer(page: Ticker(tjs: "0.10000").text)
    try await run(installation, page, Self.other, receiver, events: 7)
    let second = Array(receiver.posts.all.dropFirst(6))
    #expect(second.map(\.type) == ["store.rewound"] + Self.other.map { _ in "alert.firing" })
    #expect(second.dropFirst().map(\.rate) == Self.other)
    #expect(Set((first + second).map(\.id)).count == 13)
    #expect(Set((first + second).compactMap { $0["alert_id"] }).count == 12)

    try restore()
    page.answer(page: Ticker(tjs: "0.10000").text)
    try await run(installation, page, Self.lost, receiver, events: 7)
    let third = Array(receiver.posts.all.dropFirst(13))
    #expect(third.first?.type == "store.rewound")
    #expect(third.dropFirst().map(\.id) == first.map(\.id))
    #expect(third.dropFirst().map { $0["alert_id"] } == first.map { $0["alert_id"] })
  }
}
