import FXCore
import FXDaemon
import Testing

@Suite("What the conductor has yet to do")
struct InboxTests {
  @Test("is done in the order it came")
  func order() {
    var inbox = Inbox()
    for item in [Inbox.Item.probe, .settle, .event(.woke), .catchUp] { inbox.add(item) }
    #expect(Self.all(of: &inbox) == ["probe", "settle", "woke", "catch up"])
  }

  @Test("has the next portion of a page come before all else but the ends of deliveries")
  func portions() {
    var inbox = Inbox()
    for item in [Inbox.Item.event(.woke), .settle, .probe] { inbox.add(item) }
    inbox.goOn(with: SourceName("bank"))
    inbox.add(.settle)
    #expect(Self.all(of: &inbox) == ["settle", "bank goes on", "woke", "probe", "settle"])
  }

  private static func all(of inbox: inout Inbox) -> [String] {
    var names: [String] = []
    while let item = inbox.next() {
      switch item {
      case .event(.continued(let source)): names.append("\(source) goes on")
      case .event(.woke): names.append("woke")
      case .settle: names.append("settle")
      case .probe: names.append("probe")
      case .catchUp: names.append("catch up")
      case .event, .plan: names.append("something else")
      }
    }
    return names
  }
}
