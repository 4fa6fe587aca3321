import FXCore
import Foundation
import Glibc
import Support
import Testing

@Suite("The output of commands", .timeLimit(.minutes(5)))
struct ReportCommandTests {
  @Test("poll reads a saved page with a source's reader, without a config")
  func pollFile() async throws {
    let scratch = try Scratch()
    try scratch.write(Ticker.february2026.text, to: "page.txt")
    func poll(_ format: String) async throws -> ChildProcess.Ending {
      try await ChildProcess(
        Installation.program, ["poll", "timesca", "--file", "page.txt", "--format", format],
        directory: scratch.path
      ).ending()
    }
    let table = try await poll("table")
    #expect(table.status == 0)
    #expect(
      table.output == """
        SOURCE   PAIR     SIDE     RATE  NOMINAL     TICK  PUBLISHED CHANGE  VALUE DATE
        timesca  KGS/USD  mid   0.01144        1  0.00001                0%  2026-02-20
        timesca  KZT/USD  mid   0.00202        1  0.00001                0%  2026-02-20
        timesca  TJS/USD  mid   0.10563        1  0.00001            -0.09%  2026-02-20
        timesca  UZS/USD  mid   0.00008        1  0.00001                0%  2026-02-20
        timesca  TMT/USD  mid   0.28490        1  0.00001                0%  2026-02-20

        """)
    #expect(
      try await poll("csv").output.hasPrefix(
        "source,pair,side,rate,nominal,tick,published_change,value_date\n"
          + "timesca,KGS/USD,mid,0.01144,1,0.00001,0%,2026-02-20\n"))
    let json = try JSONReader.read(Array(try await poll("json").output.utf8))
    let publication = try #require(json.elements?.first)
    #expect(
      Self.names(of: publication) == [
        "source", "value_date", "fetched_at", "headlines", "observations",
      ])
    #expect(Timestamp(text: publication["fetched_at"]?.text ?? "") != nil)
    #expect(
      publication["observations"]?.elements?[2].description
        == #"{"pair":"TJS/USD","base":"TJS","quote":"USD","side":"mid","rate":"0.10563","nominal":1,"#
        + #""tick":"0.00001","published_change":"-0.09%"}"#)
    #expect(publication["observations"]?.elements?.count == 5)
  }

  @Test(
    "store verify exits with 1 and lists what is damaged, beside a daemon, without a progress line")
  func storeVerify() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    let sound = try await installation.command("store", "verify")
    #expect(sound.status == 0, "\(sound.errors)")
    #expect(sound.output.hasPrefix("no damage found in "))
    #expect(sound.errors == "")
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    let file = installation.scratch.file("state") + "/fxwatch.db"
    var bytes = try Data(contentsOf: URL(filePath: file))
    let name = try #require(bytes.range(of: Data("timesca".utf8)))
    bytes.replaceSubrange(name, with: Data("timescb".utf8))
    try bytes.write(to: URL(filePath: file))
    let damaged = try await installation.command("store", "verify", "--format", "csv")
    #expect(damaged.status == 1)
    #expect(damaged.output.hasPrefix("table,key,problem\n"))
    #expect(damaged.output.split(separator: "\n").count > 1)
    #expect(damaged.errors == "")
  }

  @Test("store backup copies the database beside a daemon, and never replaces a file")
  func storeBackup() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    let copy = installation.scratch.file("copy.db")
    let done = try await installation.command("store", "backup", copy)
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output + done.errors == "")
    let mode = try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int
    #expect(mode == 0o600)
    let again = try await installation.command("store", "backup", copy)
    #expect(again.status == 1)
    #expect(again.errors == "\(copy): already exists; name a new file\n")
    #expect(!FileManager.default.fileExists(atPath: copy + ".part"))
    let nowhere = try await installation.command("store", "backup", "/nonexistent/copy.db")
    #expect(nowhere.status == 1)
    #expect(nowhere.errors.contains("/nonexistent/copy.db: cannot be created (No such file"))
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }

  @Test("poll asks the sources of the config, stores nothing, and ends with 1 where one fails")
  func poll() async throws {
    let good = try LoopbackServer(page: Ticker.march2025.html)
    let bad = try LoopbackServer { _ in .text("down", status: 503) }
    let installation = try Installation(
      sources: [("good", Installation.ticker(good.url)), ("bad", Installation.ticker(bad.url))])
    let ending = try await installation.command("poll", "--format", "csv")
    #expect(ending.status == 1)
    #expect(ending.errors == "bad: the server answered HTTP 503\n")
    #expect(ending.output.split(separator: "\n").count == 6)
    #expect(try await installation.command("poll", "good").status == 0)
    let failed = try await installation.command("poll", "bad")
    #expect(failed.status == 1)
    #expect(failed.output == "")
    #expect(!FileManager.default.fileExists(atPath: installation.scratch.file("state")))
  }

  @Test("rates, history and alerts show what the daemon stored, also while it runs")
  func stored() async throws {
    let page = try LoopbackServer(page: Ticker.march2025.text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("big-move", "{when: abs(change) > 1%}"), ("high", "{when: rate > 0.10563}")],
      notifiers: [("console", "{type: stdout}")])
    let before = try await installation.command("rates")
    #expect(before.status == 1)
    #expect(before.errors.contains("no history yet"))
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    let between = Date()
    page.answer(page: Ticker.february2026.text)
    try await daemon.output.first(3)

    let rates = try await installation.command("rates")
    let lines = rates.output.split(separator: "\n")
    #expect(lines.count == 6)
    #expect(
      lines[0].split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
        == "SOURCE PAIR SIDE RATE CHANGE COURSE VALUE DATE AGE SEEN STATE")
    #expect(lines.contains { $0.hasPrefix("timesca  TJS/USD  mid   0.10563  15.22 %  ▁█") })
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(!rates.output.contains("\u{1B}"))

    let rows = try await installation.rows("history", "TJS/USD")
    #expect(rows.map { $0["rate"]?.text } == ["0.09168", "0.10563"])
    #expect(
      Self.names(of: rows[0]) == [
        "source", "pair", "side", "rate", "printed", "nominal", "value_date", "first_seen",
        "last_seen",
        "version", "published_change",
      ])
    let asOf = between.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    let known = try await installation.rows("history", "TJS/USD", "--as-of", asOf)
    #expect(known.map { $0["rate"]?.text } == ["0.09168"])
    let until = try await installation.rows("history", "TJS/USD", "--until", "2025-12-31")
    #expect(until.map { $0["rate"]?.text } == ["0.09168"])
    let csv = try await installation.command("history", "TJS/USD", "--format", "csv")
    #expect(
      csv.output.hasPrefix(
        "source,pair,side,rate,printed,nominal,value_date,first_seen,last_seen,version,published_change\n"
          + "timesca,TJS/USD,mid,0.09168,0.09168,1,2025-03-24,"))
    let inverse = try await installation.command("history", "USD/TJS")
    #expect(inverse.status == 1)
    #expect(
      inverse.errors == "no rate of USD/TJS is stored, but of its inverse; ask for TJS/USD\n")
    let unknown = try await installation.command("history", "EUR/PLN")
    #expect(unknown.errors.hasPrefix("no rate of EUR/PLN is stored; stored are KGS/USD, "))
    let source = try await installation.command("history", "TJS/USD", "--source", "tmesca")
    #expect(
      source.errors
        == "unknown source 'tmesca'; known are timesca; did you mean 'timesca'?\n")
    let filtered = try await installation.rows("rates", "--pair", "t*/usd")
    #expect(filtered.compactMap { $0["pair"]?.text }.sorted() == ["TJS/USD", "TMT/USD"])
    let notifier = try await installation.command("deliveries", "--notifier", "nowhere")
    #expect(notifier.status == 1)

    let firing = try await installation.rows("alerts")
    #expect(firing.map { $0["pair"]?.text } == ["TMT/USD"])
    let all = try await installation.rows("alerts", "--all")
    #expect(
      Set(all.map { "\($0["rule"]?.text ?? "") \($0["pair"]?.text ?? "")" })
        == ["high TMT/USD", "big-move TJS/USD", "big-move KZT/USD"])
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    #expect(try await installation.rows("alerts", "--all") == all)
  }

  @Test("notify test sends a signed test.ping, and ends with 1 where it is refused")
  func notify() async throws {
    let receiver = try Receiver()
    let installation = try Installation()
    let secret = try installation.scratch.write(
      "whsec_\(Data(repeating: 7, count: 32).base64EncodedString())\n", to: "secret")
    try installation.configure(
      sources: [("ecb", "{preset: ecb}")],
      notifiers: [
        ("ops", "{type: webhook, url: \"\(receiver.url)\", secret: {file: \(secret)}}"),
        ("console", "{type: stdout, format: json}"),
      ])
    let done = try await installation.command("notify", "test", "ops")
    #expect(done.status == 0)
    #expect(done.output.hasPrefix("ops: delivered in "))
    #expect(done.output.contains(" ms (HTTP 204 in "))
    #expect(receiver.posts.all.map(\.type) == ["test.ping"])
    #expect(receiver.posts.all.first?.signature?.hasPrefix("v1,") == true)
    let preview = try await installation.command("notify", "preview", "ops")
    #expect(preview.status == 0, "\(preview.errors)")
    #expect(preview.output.hasPrefix("POST \(receiver.url)\n"))
    #expect(preview.output.contains(#""summary":"fxwatch reaches 'ops'""#))
    #expect(receiver.posts.all.count == 1)
    receiver.answer { _, _ in .answer(status: 500) }
    let refused = try await installation.command("notify", "test", "ops")
    #expect(refused.status == 1)
    #expect(refused.errors.hasPrefix("ops: not delivered after "))
    #expect(refused.errors.hasSuffix(" ms: HTTP 500\n"))
    let unknown = try await installation.command("notify", "test", "op")
    #expect(unknown.status == 1)
    #expect(
      unknown.errors
        == "unknown notifier 'op'; \(installation.config) has ops, console; did you mean"
        + " 'ops'?\n")
  }

  @Test("demo shows two signed webhooks and leaves nothing behind")
  func demo() async throws {
    let scratch = try Scratch()
    let ending = try await ChildProcess(
      Installation.program, ["demo"], environment: ["TMPDIR": scratch.path],
      directory: scratch.path
    ).ending()
    #expect(ending.status == 0)
    let signed = ending.output.split(separator: "\n").filter {
      $0.hasPrefix("   webhook-signature: v1,")
    }
    #expect(signed.count == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path) == [])
  }

  private static func names(of value: JSONValue) -> [String] {
    guard case .object(let members) = value else { return [] }
    return members.map(\.name)
  }
}
