/// The turns of notifiers: whose deliveries are due, and which of these find a slot.
///
/// The slots are shared so that receivers that hang or refuse delay only themselves: those that took
/// their last delivery come first, then those that were never tried, then those that fail, which have
/// few slots. A lease without a success leaves its slot to others after a second.
///
/// A change costs the logarithm of the notifiers, and so does a turn; leases that wait cost their number.
struct DeliveryAgenda: Hashable, Sendable {
  private let names: [String]
  private let places: [String: Int]

  /// The next time of each outbox; an outdated one is skipped when it is reached.
  private var coming = Heap<Turn>()

  /// The time in `coming` that counts, of each outbox; nil for one that has none.
  private var scheduled: [Timestamp?]

  /// The outboxes that are due and found no slot.
  private var waiting: Set<Int> = []

  /// The outboxes with a lease, or whose entries are loaded for one.
  private var running: Set<Int> = []

  private struct Turn: Comparable, Hashable {
    let due: Timestamp
    let place: Int

    static func < (one: Turn, other: Turn) -> Bool {
      (one.due, one.place) < (other.due, other.place)
    }
  }

  /// The turns of notifiers with empty outboxes.
  init(of names: [String]) {
    self.names = names
    scheduled = names.map { _ in nil }
    places = Dictionary(names.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// Records that an outbox has changed.
  mutating func update(_ name: String, _ outbox: Outbox?) {
    guard let place = places[name] else { return }
    waiting.remove(place)
    guard let outbox, !outbox.isBusy else {
      running.insert(place)
      scheduled[place] = nil
      return
    }
    running.remove(place)
    let due = outbox.nextDue
    guard scheduled[place] != due else { return }
    scheduled[place] = due
    if let due { coming.insert(Turn(due: due, place: place)) }
  }

  /// Records that a lease begins, or the loading of its entries.
  mutating func begin(_ name: String) {
    guard let place = places[name] else { return }
    running.insert(place)
    scheduled[place] = nil
  }

  /// Removes the outboxes that are due and find a slot, and returns them, the first one first.
  mutating func turns(at now: Timestamp, in outboxes: [String: Outbox]) -> [String] {
    while let turn = coming.least, turn.due <= now {
      _ = coming.popLeast()
      guard scheduled[turn.place] == turn.due else { continue }
      scheduled[turn.place] = nil
      if !running.contains(turn.place) { waiting.insert(turn.place) }
    }
    guard !waiting.isEmpty else { return [] }
    var slots = DeliverySlots(beside: running.compactMap { outboxes[names[$0]] }, at: now)
    let order = waiting.compactMap { place in
      outboxes[names[place]].map {
        (standing: $0.endpoint.standing, due: $0.nextDue ?? now, place: place)
      }
    }.sorted { ($0.standing, $0.due, $0.place) < ($1.standing, $1.due, $1.place) }
    let chosen = order.filter { slots.take(for: $0.standing) }.map(\.place)
    waiting.subtract(chosen)
    return chosen.map { names[$0] }
  }

  /// Returns the next time at which an outbox is due, or at which one that waits may find a slot.
  mutating func next(after now: Timestamp, in outboxes: [String: Outbox]) -> Timestamp? {
    while let turn = coming.least, scheduled[turn.place] != turn.due { _ = coming.popLeast() }
    var next = coming.least?.due
    guard !waiting.isEmpty else { return next }
    for place in running {
      guard let move = outboxes[names[place]]?.endpoint.slowAt, move > now else { continue }
      next = min(next ?? move, move)
    }
    return next
  }
}
