import Glibc
import Support
import Testing

@Suite(
  "The journal", .enabled(if: RunningJournald.isPossible, "needs root and the package systemd"),
  .timeLimit(.minutes(5)))
struct JournalTests {
  @Test("has the daemon's alert with its fields: journalctl FXWATCH_PAIR=TJS/USD -o json")
  func alert() async throws {
    let journald = try RunningJournald()
    defer { journald.stop() }
    let page = try LoopbackServer(page: Ticker.march2025.text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("big-move", "{when: abs(change) > 1%}")],
      notifiers: [("journal", "{type: journald}"), ("console", "{type: stdout, format: logfmt}")])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker.february2026.text)
    let lines = try await daemon.output.first(2)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    let line = try #require(lines.first { $0.contains("pair=TJS/USD") })
    let field = try #require(line.split(separator: " ").first { $0.hasPrefix("alert_id=") })
    let id = String(field.dropFirst("alert_id=".count))
    let entries = try journald.entries(matching: [
      "FXWATCH_PAIR=TJS/USD", "FXWATCH_ALERT_ID=\(id)",
    ])
    #expect(entries.count == 1)
    var shown = entries.first?.filter { $0.key.hasPrefix("FXWATCH_") || $0.key == "MESSAGE" }
    #expect(shown?.removeValue(forKey: "FXWATCH_NOTIFICATION")?.hasPrefix("evt_") == true)
    #expect(
      shown == [
        "MESSAGE": "big-move TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23), for"
          + " 2026-02-20; on the page: Kazakhstan and its neighbours agree on a corridor",
        "FXWATCH_EVENT": "alert.firing", "FXWATCH_ALERT_ID": id, "FXWATCH_RULE": "big-move",
        "FXWATCH_SOURCE": "timesca", "FXWATCH_PAIR": "TJS/USD", "FXWATCH_RATE": "0.10563",
        "FXWATCH_PREVIOUS": "0.09168", "FXWATCH_CHANGE": "15.22",
        "FXWATCH_VALUE_DATE": "2026-02-20", "FXWATCH_SEVERITY": "warning",
      ])
  }

  @Test("has each alert once where standard output and the log are the journal, too")
  func once() async throws {
    let journald = try RunningJournald()
    defer { journald.stop() }
    let receiver = try Receiver()
    let page = try LoopbackServer(page: Ticker.march2025.text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("big-move", "{when: abs(change) > 1%}")],
      notifiers: [
        ("console", "{type: stdout, format: text}"), ("journal", "{type: journald}"),
        ("ops", Installation.webhook(receiver.url)),
      ])
    // As systemd starts it: both streams are one, which $JOURNAL_STREAM names.
    let script =
      "exec 2>&1; JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2)"
      + #" exec "$0" run --config "$1""#
    let daemon = try ChildProcess(
      "/bin/sh", ["-c", script, Installation.program, installation.config],
      environment: ["JOURNAL_STREAM": ""], directory: installation.scratch.path)
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker.february2026.text)
    let taken = try await receiver.taken(2)
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()
    #expect(ending.status == 0)
    #expect(ending.output == "")
    let entries = try journald.entries(matching: ["_PID=\(daemon.pid)"])
    for event in taken {
      let summary = try #require(event["summary"])
      let found = entries.filter { entry in
        let message = entry["MESSAGE"] ?? ""
        return message.contains(summary) || message.contains(event.pair)
      }
      #expect(found.map { $0["FXWATCH_NOTIFICATION"] } == [event.id])
    }
  }
}
