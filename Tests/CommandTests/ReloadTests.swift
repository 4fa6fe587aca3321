import Glibc
import Support
import Testing

@Suite("A daemon that runs", .timeLimit(.minutes(5)))
struct ReloadTests {
  private static let console = [("console", "{type: stdout}")]

  @Test("applies a valid config, keeps the state of unchanged rules, and sends nothing twice")
  func good() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let receiver = try Receiver()
    let sources = [("timesca", Installation.ticker(page.url))]
    let notifiers = [("ops", Installation.webhook(receiver.url))]
    let high = ("high", "{when: rate > 0.11}")
    let installation = try Installation(sources: sources, rules: [high], notifiers: notifiers)
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker(tjs: "0.12000").text)
    try await receiver.taken(1)

    try installation.configure(
      sources: sources, rules: [high, ("moves", "{when: abs(change) > 1%}")], notifiers: notifiers)
    let reload = try await installation.command("reload", "--pid", "\(daemon.pid)")
    #expect(reload.status == 0)
    #expect(
      reload.output == "reloaded: 1 source, 2 rules, 1 notifier from \(installation.config)\n")
    #expect(reload.errors == "")
    let asked = page.requests.count
    _ = await page.requests(atLeast: asked + 2)
    #expect(receiver.posts.all.count == 1)

    page.answer(page: Ticker(tjs: "0.13000").text)
    try await receiver.taken(2)
    page.answer(page: Ticker(tjs: "0.10500").text)
    let taken = try await receiver.taken(4)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    let sent = taken.map { "\($0.type) \($0["rule"] ?? "") \($0.rate)" }
    #expect(sent[..<2] == ["alert.firing high 0.12000", "alert.firing moves 0.13000"])
    #expect(Set(sent[2...]) == ["alert.resolved high 0.10500", "alert.firing moves 0.10500"])
    let resolved = taken.first { $0.type == "alert.resolved" }
    #expect(resolved?["alert_id"] == taken[0]["alert_id"])
    #expect(receiver.posts.all.count == 4)
  }

  @Test("reads included files again, and names the file of an error")
  func included() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation()
    let folder = installation.scratch.file("rules.d")
    try #require(mkdir(folder, 0o700) == 0)
    try installation.configure(
      """
      include: ["rules.d/*.yaml"]
      sources: {timesca: \(Installation.ticker(page.url))}
      rules: {high: {when: rate > 1}}

      """)
    let daemon = try await installation.daemon()
    #expect(
      daemon.errors.all.contains {
        $0.hasSuffix("fxwatch.yaml:2:11: warning: include: no file matches 'rules.d/*.yaml'")
      })
    try installation.scratch.write(
      "rules: {moves: {when: abs(change) > 1%}}\nnotifiers: {console: {type: stdout}}\n",
      to: "rules.d/one.yaml")
    let reload = try await installation.command("reload", "--pid", "\(daemon.pid)")
    #expect(
      reload.output == "reloaded: 1 source, 2 rules, 1 notifier from \(installation.config)\n")
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker(tjs: "0.12000").text)
    try await daemon.output.first(1)

    try installation.scratch.write("rules: {high: {when: rate > 2}}\n", to: "rules.d/two.yaml")
    let refused = try await installation.command("reload", "--pid", "\(daemon.pid)")
    #expect(refused.status == 78)
    #expect(
      refused.errors
        == "\(folder)/two.yaml:1:9: rules.high: 'high' is already defined in"
        + " \(installation.config):4:9; rename or remove one of them\n")
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }

  @Test("keeps its config where the new one is invalid, and reports all errors with positions")
  func bad() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let sources = [("timesca", Installation.ticker(page.url))]
    let rules = [("moves", "{when: abs(change) > 1%}")]
    let installation = try Installation(sources: sources, rules: rules, notifiers: Self.console)
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    try installation.configure(
      sources: sources, rules: rules + [("other", "{when: rate > 1%, severity: high}")],
      notifiers: [])
    let problems = [
      "\(installation.config):6:17: rules.other.when: cannot compare a rate with a percentage;"
        + " for a relative move use change or change(24h)", "  rate > 1%", "         ^^",
      "\(installation.config):6:38: rules.other.severity: 'high' is not one of info, notice,"
        + " warning, critical",
    ]
    let reload = try await installation.command("reload", "--pid", "\(daemon.pid)")
    #expect(reload.status == 78)
    #expect(reload.output == "")
    #expect(
      reload.errors.split(separator: "\n").filter { !$0.contains(" warning: ") }.map(String.init)
        == problems)

    page.answer(page: Ticker(tjs: "0.12000").text)
    try await daemon.output.first(1)
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()
    #expect(ending.status == 0)
    let log = ending.errors.split(separator: "\n").map { $0.split(separator: " ", maxSplits: 1)[1] }
    for problem in problems { #expect(log.contains("error: \(problem)")) }
    #expect(
      log.contains("error: the config is invalid; nothing was changed"))
  }

  @Test("prints the alerts that fire by new and changed rules, and has those of a start in its log")
  func firing() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let sources = [("timesca", Installation.ticker(page.url))]
    let high = ("high", "{when: rate > 0.11, pairs: [TJS/USD]}")
    let installation = try Installation(sources: sources, rules: [high], notifiers: Self.console)
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    let low = ("low", "{when: rate < 0.2, pairs: [TJS/USD]}")
    try installation.configure(sources: sources, rules: [high, low], notifiers: Self.console)
    let reload = try await installation.command("reload", "--pid", "\(daemon.pid)")
    #expect(
      reload.output.split(separator: "\n").last
        == "now fires: low: TJS/USD at timesca: 0.10000")
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    let other = ("other", "{when: rate < 0.3, pairs: [TJS/USD]}")
    try installation.configure(sources: sources, rules: [low, other], notifiers: Self.console)
    let second = try installation.start("run")
    _ = try await second.errors.wait(for: "the alert") { lines in
      lines.contains { $0.hasSuffix("now fires: other: TJS/USD at timesca: 0.10000") }
    }
    second.signal(SIGTERM)
    #expect(try await second.ending().status == 0)
  }

  @Test("reloads after its start where it was asked to during the start")
  func early() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let sources = [("timesca", Installation.ticker(page.url))]
    let high = ("high", "{when: rate > 0.11}")
    let installation = try Installation(sources: sources, rules: [high], notifiers: Self.console)
    let first = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    first.signal(SIGTERM)
    #expect(try await first.ending().status == 0)

    // While its database is locked it waits in the opening, which its status line shows.
    let manager = try DatagramSocket()
    let lock = try DatabaseLock(at: installation.scratch.file("state/fxwatch.db"))
    let daemon = try installation.start(
      "run", environment: ["NOTIFY_SOCKET": manager.path])
    while let message = manager.next(), !message.contains("STATUS=opening the history") {}
    try installation.configure(
      sources: sources, rules: [high, ("low", "{when: rate < 0.09}")], notifiers: Self.console)
    daemon.signal(SIGHUP)
    lock.release()
    let log = try await daemon.errors.wait(for: "the reload") { lines in
      lines.contains { $0.contains("reloaded: ") }
    }
    page.answer(page: Ticker(tjs: "0.08000").text)
    let lines = try await daemon.output.first(1)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    let notices = log.filter { $0.contains(" notice: ") }.map {
      $0.split(separator: " ", maxSplits: 2).last.map(String.init) ?? ""
    }
    #expect(notices.count == 2)
    #expect(
      notices.first?.hasSuffix(
        "is watching: 1 source, 1 rule, 1 notifier from \(installation.config)") == true)
    #expect(notices.last == "reloaded: 1 source, 2 rules, 1 notifier from \(installation.config)")
    #expect(lines[0].contains(" low TJS/USD at timesca: 0.10000 → 0.08000"))
  }

  @Test("A reload is asked of fxwatch alone")
  func others() async throws {
    let installation = try Installation(sources: [("ecb", "{preset: ecb}")])
    let reload = try await installation.command("reload", "--pid", "\(getpid())")
    #expect(reload.status == 1)
    #expect(
      reload.errors
        == "process \(getpid()) is not fxwatch; name the process of fxwatch with --pid\n")
  }

  @Test("keeps its state directory to itself")
  func second() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))], notifiers: Self.console)
    let daemon = try await installation.daemon()
    let second = try await installation.command("run")
    #expect(second.status == 1)
    #expect(
      second.errors
        == "another fxwatch (pid \(daemon.pid)) already uses '\(installation.scratch.file("state"))';"
        + " stop it, or set another `state:` for this one\n")
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    let third = try await installation.daemon()
    third.signal(SIGINT)
    #expect(try await third.ending().status == 0)
  }

  @Test("stops within 10 s when a receiver hangs and a page hangs, and delivers at the next start")
  func hanging() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let receiver = try Receiver { _, _ in .silence }
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [("ops", Installation.webhook(receiver.url))])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker(tjs: "0.12000").text)
    try await receiver.posts.first(1)
    page.answer { _ in .silence }
    let asked = page.requests.count
    _ = await page.requests(atLeast: asked + 1)
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending(patience: .seconds(10))
    #expect(ending.status == 0)
    #expect(ending.errors.hasSuffix("notice: stopped\n"))

    receiver.recover()
    page.answer(page: Ticker(tjs: "0.12000").text)
    let again = try await installation.daemon()
    let taken = try await receiver.taken(1)
    again.signal(SIGTERM)
    #expect(try await again.ending().status == 0)
    #expect(taken.map(\.rate) == ["0.12000"])
    #expect(Set(receiver.posts.all.map(\.id)).count == 1)
  }
}

/// Keeps everybody else from a database, as a program does that writes to it: SQLite's own lock
/// (https://www.sqlite.org/fileformat2.html#the_lock_byte_page).
private final class DatabaseLock {
  private static let pendingByte = 0x4000_0000
  private static let bytes = 512

  private let descriptor: Int32

  init(at path: String) throws {
    descriptor = open(path, O_RDWR | O_CLOEXEC)
    var range = flock()
    range.l_type = Int16(F_WRLCK)
    range.l_whence = Int16(SEEK_SET)
    range.l_start = Self.pendingByte
    range.l_len = Self.bytes
    try #require(descriptor >= 0 && fcntl(descriptor, F_SETLK, &range) == 0)
  }

  /// Lets the others in; called once.
  func release() { close(descriptor) }
}
