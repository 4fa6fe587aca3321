import FXCore
import Foundation
import Glibc
import Support
import Testing

@Suite("Deliveries", .timeLimit(.minutes(5)))
struct DeliveryCommandTests {
  @Test("are listed, shown with every attempt, and replayed under the identifiers they had")
  func replay() async throws {
    let well = try Receiver()
    let gone = try Receiver { _, _ in .answer(status: 410) }
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [
        ("well", Installation.webhook(well.url)), ("gone", Installation.webhook(gone.url)),
      ])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker(tjs: "0.12000").text)
    // The alert, and that `gone` is gone.
    let id = try await well.taken(2)[0].id

    let dead = try await installation.rows("deliveries", "list", "--state", "dead")
    #expect(dead.map { $0["event"]?.text } == [id])
    #expect(dead.map { $0["notifier"]?.text } == ["gone"])
    #expect(dead.first?["last"]?["detail"]?.text == "HTTP 410")
    let listed = try await installation.rows("deliveries", "--notifier", "well")
    #expect(listed.map { $0["state"]?.text } == ["delivered", "delivered"])
    let wrong = try await installation.command("deliveries", "list", "--state", "ded")
    #expect(wrong.status == 2)
    #expect(
      wrong.errors
        == "--state: 'ded' is not one of open, delivered, dead; did you mean 'dead'?\n")

    let table = try await installation.command("deliveries", "show", id)
    let lines = table.output.split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("gone") && lines[1].hasSuffix("HTTP 410"))
    #expect(lines[2].hasPrefix("well") && lines[2].contains("HTTP 204 in "))
    // As the log calls it: the number of the event.
    let byNumber = try await installation.command("deliveries", "show", "1")
    #expect(byNumber.output == table.output)
    let shown = try JSONReader.read(
      Array(
        try await installation.command("deliveries", "show", id, "--format", "json").output.utf8))
    #expect(shown["id"]?.text == id)
    #expect(shown["data"] == well.taken[0].payload["data"])
    #expect(shown["deliveries"]?.elements?.count == 2)
    let unknown = try await installation.command("deliveries", "show", "evt_x")
    #expect(unknown.status == 1)
    #expect(unknown.errors.hasPrefix("unknown alert or event 'evt_x'; "))

    gone.recover()
    let replayed = try await installation.command("deliveries", "replay", "1..\(id)")
    #expect(replayed.status == 0)
    #expect(
      replayed.output
        == "\(id) is sent to gone again\n"
        + "fxwatch (pid \(daemon.pid)) delivers them after a reload of its config\n")
    let again = try await gone.taken(1)
    #expect(again.map(\.id) == [id])
    #expect(again[0].payload == well.taken[0].payload)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    #expect(well.posts.all.count == 2)
    let after = try await installation.rows("deliveries", "list", "--state", "dead")
    #expect(after.isEmpty)
  }

  @Test("go on where they were when the daemon was stopped in its tracks")
  func stopped() async throws {
    let receiver = try Receiver()
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [("ops", Installation.webhook(receiver.url))])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    let rates = ["0.12000", "0.15000", "0.19000"]
    for (index, rate) in rates.enumerated() {
      daemon.signal(SIGSTOP)
      page.answer(page: Ticker(tjs: rate).text)
      daemon.signal(SIGCONT)
      try await receiver.taken(index + 1)
    }
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    #expect(receiver.posts.all.map(\.rate) == rates)
    #expect(Set(receiver.posts.all.map(\.id)).count == 3)
  }

  @Test("do not wait for an endpoint that takes connections and never answers")
  func silence() async throws {
    let silent = try Receiver { _, _ in .silence }
    let well = try Receiver()
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [
        ("silent", Installation.webhook(silent.url)), ("well", Installation.webhook(well.url)),
        ("nowhere", "{type: webhook, url: \"http://no-such-host.invalid/\"}"),
      ])
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    for (index, rate) in ["0.12000", "0.15000"].enumerated() {
      page.answer(page: Ticker(tjs: rate).text)
      try await well.taken(index + 1)
    }
    let log = try await daemon.errors.wait(for: "both to fail") { lines in
      ["silent: event 1 not delivered: no response within 15 s", "nowhere: event 1 not delivered"]
        .allSatisfy { words in lines.contains { $0.contains(words) } }
    }
    #expect(
      log.contains { $0.contains("nowhere: event 1 not delivered: cannot resolve") })
    #expect(Set(silent.posts.all.map(\.rate)) == ["0.12000"])
    // Asked to stop while a receiver keeps it waiting, it stops, and loses nothing.
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    let open = try await installation.rows("deliveries", "list", "--state", "open")
    #expect(open.count == 4)
  }

  @Test(
    "by mail arrive at a real mail server, and notify test shows what it answered",
    .enabled(if: MailServer.isPossible, "python3-aiosmtpd and openssl are needed for one"))
  func mail() async throws {
    let server = try await MailServer()
    let page = try LoopbackServer(page: Ticker.march2025.text)
    let installation = try Installation()
    let password = try installation.scratch.write("\(MailServer.password)\n", to: "password")
    try installation.configure(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("big-move", "{when: abs(change) > 1%}")],
      notifiers: [
        (
          "mail",
          "{type: email, server: \"localhost:\(server.port)\", user: \(MailServer.user),"
            + " password: {file: \(password)}, ca_file: \(server.authoritiesFile),"
            + " from: fx@example.org, to: [ops@example.org, gone@example.org]}"
        )
      ])
    let test = try await installation.command("notify", "test", "mail")
    #expect(test.status == 0, "\(test.errors)")
    #expect(test.output.hasPrefix("mail: delivered in "))
    #expect(test.output.contains("SMTP 250 2.0.0 queued as 8C1 in "))
    #expect(
      test.output.contains(", but not to 1 of 2 recipients: SMTP 550 5.1.1 no such mailbox)"))

    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker.february2026.text)
    let lines = try await server.messages.first(2)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    // Two alerts of one publication travel together.
    let message = try JSONReader.read(Array(lines[1].utf8))
    #expect(message["defects"]?.elements == [])
    #expect(message["to"]?.description == #"["ops@example.org"]"#)
    #expect(message["secure"] == .bool(true))
    #expect(
      message["head"]?["Subject"]?.text == "[warning] 2 events, first: big-move TJS/USD at timesca"
        || message["head"]?["Subject"]?.text
          == "[warning] 2 events, first: big-move KZT/USD at timesca"
    )
    let plain = try #require(message["plain"]?.text)
    #expect(plain.contains("Rate: 0.09168 → 0.10563\nChange: +15.22 % (15.20 to 15.23)\n"))
    #expect(plain.contains("Rate: 0.00199 → 0.00202\nChange: +1.51 % (1.00 to 2.02)\n"))
    #expect(message["html"]?.text?.contains("<b>0.09168 → 0.10563</b>") == true)
    let id = try #require(message["head"]?["Message-ID"]?.text)
    let deliveries = try await installation.rows("deliveries", "list")
    #expect(deliveries.count == 2)
    let events = deliveries.compactMap { $0["event"]?.text }
    #expect(id == "<\(Shipment.id(ofBatch: events))@example.org>")
  }
}
