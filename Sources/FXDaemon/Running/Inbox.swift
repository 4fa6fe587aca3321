package import FXCore

/// What the conductor has yet to do, the next first.
package struct Inbox {
  /// One thing to do.
  package enum Item {
    case event(Event)
    /// Attempts to deliver ended.
    case settle
    case plan(Setup, done: @Sendable (StoreProblem?) -> Void)
    case probe
    case catchUp
  }

  private var items: [Item] = []

  /// Nothing to do.
  package init() {}

  /// Takes out what is next; nil where nothing is left.
  package mutating func next() -> Item? { items.isEmpty ? nil : items.removeFirst() }

  /// Adds what comes after all else.
  package mutating func add(_ item: Item) { items.append(item) }

  /// Puts the next portion of a page before all else but the ends of deliveries: those of the portions
  /// before it go on meanwhile, and their receivers are not kept waiting.
  package mutating func goOn(with source: SourceName) {
    let rest = items.filter { !$0.isSettle }
    items = items.filter(\.isSettle) + [.event(.continued(source))] + rest
  }
}

extension Inbox.Item {
  fileprivate var isSettle: Bool { if case .settle = self { true } else { false } }
}
