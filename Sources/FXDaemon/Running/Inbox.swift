package import FXCore

/// The queue of the engine's runner.
package struct Inbox {
  /// One item of work.
  package enum Item {
    case event(Event)
    /// Outcomes of deliveries are to be committed.
    case outcomes
    /// Open deliveries are to be read from the store.
    case load(OutboxQuery)
    /// A new plan; answered with the alerts that it fires, one line each.
    case plan(Setup, done: @Sendable (Result<[String], StoreProblem>) -> Void)
    case probe
    /// A command has changed silences or deliveries.
    case commands
    /// The events of a store outage are to be committed.
    case catchUp
  }

  private var items: [Item] = []

  /// An empty queue.
  package init() {}

  /// Removes the next item and returns it; nil where the queue is empty.
  package mutating func popFirst() -> Item? { items.isEmpty ? nil : items.removeFirst() }

  /// Adds an item at the end.
  package mutating func append(_ item: Item) { items.append(item) }

  /// Adds the next portion of a publication before everything but outcomes and open deliveries to read:
  /// the deliveries of earlier portions go on meanwhile, and their receivers do not have to wait.
  package mutating func appendPortion(of source: SourceName) {
    let rest = items.filter { !$0.isOfDeliveries }
    items = items.filter(\.isOfDeliveries) + [.event(.continued(source))] + rest
  }
}

extension Inbox.Item {
  fileprivate var isOfDeliveries: Bool {
    switch self {
    case .outcomes, .load: true
    default: false
    }
  }
}
