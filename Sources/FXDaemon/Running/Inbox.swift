import FXCore

/// What the conductor has yet to do, the next first.
struct Inbox {
  enum Item {
    case event(Event)
    /// Attempts to deliver ended.
    case settle
    case plan(Setup, done: @Sendable (StoreProblem?) -> Void)
    case probe
    case catchUp
  }

  private var items: [Item] = []

  /// Takes out what is next; nil where nothing is left.
  mutating func next() -> Item? { items.isEmpty ? nil : items.removeFirst() }

  /// Adds what comes after all else.
  mutating func add(_ item: Item) { items.append(item) }

  /// Puts the next portion of a page before all else but the ends of deliveries: those of the portions
  /// before it go on meanwhile, and their receivers are not kept waiting.
  mutating func goOn(with source: SourceName) {
    let rest = items.filter { !$0.isSettle }
    items = items.filter(\.isSettle) + [.event(.continued(source))] + rest
  }
}

extension Inbox.Item {
  fileprivate var isSettle: Bool { if case .settle = self { true } else { false } }
}
