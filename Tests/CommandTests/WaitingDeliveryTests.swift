import FXCore
import Foundation
import Support
import Testing

@Suite("Deliveries that wait for a receiver that limits its pace", .timeLimit(.minutes(5)))
struct WaitingDeliveryTests {
  /// A daemon with an alert of each of two rules, which wait for a receiver that takes nothing yet.
  private struct Storm {
    let receiver: Receiver
    let page: LoopbackServer
    let installation: Installation
    let daemon: ChildProcess

    init() async throws {
      receiver = try Receiver { _, _ in .answer(status: 429, headers: [.init("Retry-After", "1")]) }
      page = try LoopbackServer(page: Ticker.march2025.text)
      installation = try Installation(
        sources: [("timesca", Installation.ticker(page.url))],
        rules: [
          ("loud", "{pairs: [TJS/USD], when: abs(change) > 1%}"),
          ("other", "{pairs: [KZT/USD], when: abs(change) > 1%}"),
        ], notifiers: [("ops", Installation.webhook(receiver.url))])
      daemon = try await installation.daemon()
      _ = await page.requests(atLeast: 2)
      page.answer(page: Ticker.february2026.text)
      try await receiver.posts.first(1)
    }

    /// Waits for the event that is still sent, and returns the details of those that are not.
    func end() async throws -> [String?] {
      receiver.recover()
      let taken = try await receiver.taken(1)
      daemon.signal(SIGTERM)
      #expect(try await daemon.ending().status == 0)
      #expect(receiver.taken.map { $0["rule"] } == ["other"])
      #expect(taken.count == 1)
      let dead = try await installation.rows("deliveries", "list", "--state", "dead")
      #expect(dead.allSatisfy { $0["about"]?.text?.contains("TJS/USD") == true })
      return dead.map { $0["last"]?["detail"]?.text }
    }
  }

  @Test("is muted by a silence too")
  func silence() async throws {
    let storm = try await Storm()
    let silenced = try await storm.installation.command(
      "silence", "add", "--match", "rule=loud", "--for", "1h30m", "--reason", "storm")
    #expect(silenced.status == 0, "\(silenced.errors)")
    #expect(
      silenced.output.hasSuffix(
        "\n1 delivery that waited will not be made; 'fxwatch deliveries replay' makes"
          + " them all the same\n"))
    #expect(silenced.output.contains(": rule=loud; "))
    #expect(try await storm.end() == ["muted by silence 1"])
  }

  @Test("can be dropped")
  func drop() async throws {
    let storm = try await Storm()
    let nothing = try await storm.installation.command("deliveries", "drop")
    #expect(nothing.status == 2)
    #expect(nothing.errors == "nothing to drop; give events, --notifier or --match\n")
    let dropped = try await storm.installation.command(
      "deliveries", "drop", "--match", "pair=TJS/*", "--notifier", "ops", "--reason", "a test")
    #expect(dropped.status == 0, "\(dropped.errors)")
    #expect(dropped.output.hasPrefix("1 delivery dropped; "))
    let details = try await storm.end()
    #expect(details.count == 1)
    #expect(details.first??.hasPrefix("dropped by ") == true)
    #expect(details.first??.hasSuffix(": a test") == true)
    let again = try await storm.installation.command("deliveries", "drop", "--notifier", "ops")
    #expect(again.status == 1)
  }

  @Test("is found by the identifier of its alert, of an event, or by the beginning of one")
  func identifiers() async throws {
    let storm = try await Storm()
    storm.receiver.recover()
    let posts = try await storm.receiver.taken(2)
    let post = try #require(posts.first { $0["rule"] == "loud" })
    let alert = try #require(post["alert_id"])
    let installation = storm.installation
    for name in [alert, post.id, String(alert.prefix(14)), String(post.id.dropFirst(4))] {
      let explained = try await installation.command("explain", name)
      #expect(explained.status == 0, "\(name): \(explained.errors)")
      #expect(explained.output.contains("TJS/USD"))
      let shown = try await installation.command("deliveries", "show", name, "--format", "json")
      #expect(shown.output.contains(post.id), "\(name): \(shown.errors)")
    }
    let silenced = try await installation.command(
      "silence", "add", "--alert", post.id, "--for", "1h", "--reason", "known")
    #expect(silenced.output.contains(": rule=loud pair=TJS/USD source=timesca; "))
    let many = try await installation.command("explain", "alert_")
    #expect(many.status == 1)
    #expect(many.errors.hasPrefix("'alert_' names several alerts or events: alert_"))
    let event = try await installation.command("ack", post.id, "--reason", "seen")
    #expect(event.errors.hasPrefix("no firing alert '\(alert)'; "))
    storm.daemon.signal(SIGTERM)
    #expect(try await storm.daemon.ending().status == 0)
  }

  @Test("can be seen and silenced while the config on disk is broken")
  func brokenConfig() async throws {
    let storm = try await Storm()
    let installation = storm.installation
    for broken in ["sources: {timesca: {preset: tmesca}}\n", "sources: [\n"] {
      try installation.configure(broken)
      for command in [
        ["alerts"], ["alerts", "--all"], ["rates"], ["history", "TJS/USD"], ["deliveries"],
        ["silence", "list"],
        ["silence", "add", "--match", "rule=loud", "--for", "1h", "--reason", "x"],
      ] {
        let ending = try await installation.command(command)
        #expect(ending.status == 0, "\(command): \(ending.errors)")
        #expect(ending.errors.hasPrefix("warning: \(installation.config) is invalid, "))
      }
      #expect(try await installation.command("check").status == 78)
    }
    let rates = try await installation.rows("rates")
    #expect(rates.count == 5)
    #expect(try await storm.end().count == 1)
  }

  @Test("does not keep a test of another notifier from being sent")
  func ownSecrets() async throws {
    let receiver = try Receiver()
    let installation = try Installation(
      sources: [("ecb", "{preset: ecb}")],
      notifiers: [
        ("well", Installation.webhook(receiver.url)),
        ("sealed", "{type: slack, url: {credential: slack-hook}}"),
      ])
    let well = try await installation.command("notify", "test", "well")
    #expect(well.status == 0, "\(well.errors)")
    #expect(receiver.taken.map(\.type) == ["test.ping"])
    let sealed = try await installation.command("notify", "test", "sealed")
    #expect(sealed.status == 78)
    #expect(sealed.errors.contains("notifiers.sealed.url"))
  }
}
