import FXCore
import Foundation
import Glibc
import Support
import Testing

@Suite("A reader of the daemon's output that reads nothing", .timeLimit(.minutes(5)))
struct StalledReaderTests {
  /// A named pipe that is full.
  final class FullPipe: Sendable {
    let path: String
    private let descriptor: Int32

    init(_ path: String) throws {
      self.path = path
      try #require(mkfifo(path, 0o600) == 0)
      descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
      try #require(descriptor >= 0)
      while write(descriptor, [UInt8](repeating: 0x2E, count: 4096), 4096) > 0 {}
      while write(descriptor, [0x2E], 1) > 0 {}
    }

    deinit { close(descriptor) }

    /// Reads all that is in it.
    func read() -> String {
      var bytes: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = Glibc.read(descriptor, &piece, piece.count)
        guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
        bytes += piece[..<count]
      }
    }
  }

  private static let currencies = ["KGS", "KZT", "TJS", "UZS", "TMT"]

  /// A page with all pairs near one rate.
  private static func ticker(_ rate: String) -> Ticker {
    var entries: [(String, String, String)] = []
    for (index, currency) in currencies.enumerated() {
      let pair: String = currency + "/USD"
      let printed: String = rate + String(index + 1)
      entries.append((pair, printed, "0%"))
    }
    return Ticker(nil, entries)
  }

  @Test("of the log and of alerts delays no webhook, and no stop")
  func stalled() async throws {
    let page = try LoopbackServer(page: Self.ticker("0.1000").text)
    let receiver = try Receiver()
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [
        ("console", "{type: stdout}"), ("ops", Installation.webhook(receiver.url)),
      ])
    let log = try FullPipe(installation.scratch.file("log"))
    let alerts = try FullPipe(installation.scratch.file("alerts"))
    let daemon = try ChildProcess(
      "/bin/sh",
      [
        "-c", "exec \"$0\" run --config \"$1\" 2>\"$2\" >\"$3\"", Installation.program,
        installation.config, log.path, alerts.path,
      ])
    _ = await page.requests(atLeast: 2)
    let rates = ["0.1200", "0.1500", "0.1900", "0.2400"]
    let start = ContinuousClock.now
    for (index, rate) in rates.enumerated() {
      page.answer(page: Self.ticker(rate).text)
      try await receiver.taken(Self.currencies.count * (index + 1))
    }
    // A poll takes up to 1.1 s, and each of the six lines about it would wait for a second.
    #expect(ContinuousClock.now - start < .seconds(15))
    let deliveries = try await installation.rows("deliveries", "list", "--notifier", "console")
    #expect(deliveries.count == receiver.taken.count)
    #expect(deliveries.allSatisfy { $0["state"]?.text == "open" })
    // Now that it is read, the log is complete.
    let beginning = log.read()
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending(patience: .seconds(20)).status == 0)
    let lines = (beginning + log.read()).drop { $0 == "." }.split(separator: "\n")
    #expect(lines.first?.contains("is watching") == true)
    #expect(lines.last?.hasSuffix("notice: stopped") == true)
  }
}
