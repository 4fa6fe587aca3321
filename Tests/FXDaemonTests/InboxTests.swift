import FXCore
import FXDaemon
import Testing

@Suite("The inbox of the runner")
struct InboxTests {
  @Test("Items are done in the order of their arrival")
  func order() {
    var inbox = Inbox()
    for item in [Inbox.Item.probe, .outcomes, .event(.woke), .catchUp] { inbox.append(item) }
    #expect(Self.all(of: &inbox) == ["probe", "outcomes", "woke", "catch up"])
  }

  @Test("The next portion of a publication comes before everything but outcomes")
  func portions() {
    var inbox = Inbox()
    let instant = Timestamp(milliseconds: 0)
    let load = OutboxQuery(
      notifier: "ops", now: instant, expiredUntil: instant, limit: 1, lookahead: 1)
    for item in [Inbox.Item.event(.woke), .outcomes, .load(load), .probe] { inbox.append(item) }
    inbox.appendPortion(of: SourceName("bank"))
    inbox.append(.outcomes)
    #expect(
      Self.all(of: &inbox) == [
        "outcomes", "load of ops", "bank continued", "woke", "probe", "outcomes",
      ])
  }

  private static func all(of inbox: inout Inbox) -> [String] {
    var names: [String] = []
    while let item = inbox.popFirst() {
      switch item {
      case .event(.continued(let source)): names.append("\(source) continued")
      case .event(.woke): names.append("woke")
      case .outcomes: names.append("outcomes")
      case .probe: names.append("probe")
      case .commands: names.append("commands")
      case .catchUp: names.append("catch up")
      case .load(let query): names.append("load of \(query.notifier)")
      case .event, .plan: names.append("something else")
      }
    }
    return names
  }
}
