import FXCore
import FXNotifiers
import FXSystem
import Testing

@Suite("On this machine")
struct LocalKindTests {
  @Test("a file gets one line of JSON for each event, with its identifier")
  func file() async throws {
    let reading = Reading()
    let (definition, problems) = reading.read([("type", "file"), ("path", "/var/log/fx.jsonl")])
    #expect(problems == [])
    let outcome = try await #require(definition).notifier.deliver(
      Samples.shipment(Samples.ping, Samples.alert()))
    #expect(outcome == .delivered(detail: "written to /var/log/fx.jsonl"))
    let lines = [Samples.ping, Samples.alert()].map { event in
      #"{"id":"\#(event.id)","# + event.payload.description.dropFirst() + "\n"
    }
    #expect(reading.lines.all == ["/var/log/fx.jsonl: " + lines.joined()])
  }

  @Test("a command gets the payload on its input and the fields in its environment")
  func command() async throws {
    let reading = Reading()
    let (definition, problems) = reading.read([
      ("type", "command"), ("command", .list(["/usr/bin/notify", "-v", "$HOME; rm"])),
      ("timeout", "3s"),
    ])
    #expect(problems == [])
    let event = Samples.alert(with: [.init("rule", .string("a\nB=c"))])
    let outcome = try await #require(definition).notifier.deliver(Samples.shipment(event))
    #expect(outcome == .delivered(detail: "/usr/bin/notify exited with status 0"))
    #expect(
      reading.runs.all == [
        CommandRun(
          path: "/usr/bin/notify", arguments: ["-v", "$HOME; rm"],
          environment: [
            "FXWATCH_ID=evt_1", "FXWATCH_EVENT=alert.firing",
            "FXWATCH_TIMESTAMP=2026-02-20T09:15:02.113Z", "FXWATCH_SEVERITY=warning",
            "FXWATCH_MESSAGE=a\\u{a}B=c TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to "
              + "15.23), for 2026-02-20; TJS/USD moved",
            "FXWATCH_ALERT_ID=a1", "FXWATCH_RULE=a\\u{a}B=c", "FXWATCH_SOURCE=timesca",
            "FXWATCH_PAIR=TJS/USD", "FXWATCH_RATE=0.10563", "FXWATCH_PREVIOUS=0.09168",
            "FXWATCH_CHANGE=15.22", "FXWATCH_VALUE_DATE=2026-02-20",
          ],
          input: Array((event.payload.description + "\n").utf8), timeout: .seconds(3))
      ])
  }

  @Test(
    "an event is retried unless its command exits with status 0",
    arguments: [
      (.exited(status: 3), .retry(because: "/bin/notify exited with status 3")),
      (.killed(signal: 9), .retry(because: "/bin/notify was killed by signal 9")),
      (.timedOut, .retry(because: "/bin/notify did not exit within 15s", slowDown: true)),
      (
        .failed(SystemError(code: 2)),
        .retry(because: "cannot run /bin/notify: No such file or directory")
      ),
    ] as [(CommandEnd, DeliveryOutcome)])
  func endings(end: CommandEnd, expected: DeliveryOutcome) async throws {
    let (definition, _) = Reading(commandEnd: end).read([
      ("type", "command"), ("command", "/bin/notify"),
    ])
    let notifier = try #require(definition).notifier
    #expect(await notifier.deliver(Samples.shipment(Samples.ping)) == expected)
  }
}
