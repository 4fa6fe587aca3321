package import FXCore

/// Shipments that must arrive one after the other.
package struct DeliverySequence: Sendable {
  private var shipments: ArraySlice<[OutboxEntry]>

  /// The lanes of what a receiver refused: that holds up what comes after it in its lane, and
  /// nothing else.
  private var heldUp: Set<String> = []

  init(_ shipments: [[OutboxEntry]]) { self.shipments = shipments[...] }

  /// Takes out the next shipment that nothing holds up; nil where none is left.
  mutating func next() -> [OutboxEntry]? {
    while let entries = shipments.popFirst() {
      if heldUp.isEmpty || !entries.contains(where: { heldUp.contains($0.lane) }) {
        return entries
      }
    }
    return nil
  }

  /// Puts back what `next` took out last.
  mutating func putBack(_ entries: [OutboxEntry]) { shipments = [entries] + shipments }

  /// All that is left.
  var entries: [OutboxEntry] { shipments.flatMap(\.self) }

  mutating func holdUp(_ entries: [OutboxEntry]) { heldUp.formUnion(entries.map(\.lane)) }
}

extension DeliverySequence {
  /// One train a lane, each event by itself.
  ///
  /// For a notifier that batches one train in all, what travels together in one shipment; likewise
  /// one train where only one shipment at a time goes out anyway, so that what is written down in
  /// one place stands in the order it happened.
  package static func all(
    of entries: [OutboxEntry], batches: Bool, atOnce: Int
  ) -> [DeliverySequence] {
    if batches { return [DeliverySequence(Self.batches(of: entries))] }
    if atOnce == 1 { return [DeliverySequence(entries.map { [$0] })] }
    var order: [String] = []
    var lanes: [String: [[OutboxEntry]]] = [:]
    for entry in entries {
      if lanes[entry.lane] == nil { order.append(entry.lane) }
      lanes[entry.lane, default: []].append([entry])
    }
    return order.map { DeliverySequence(lanes[$0] ?? []) }
  }

  /// The entries by what they travel with, as many at once as a batch may have; none goes before an
  /// older one of its lane.
  private static func batches(of entries: [OutboxEntry]) -> [[OutboxEntry]] {
    var shipments: [[OutboxEntry]] = []
    var places: [OutboxEntry.Batch: Int] = [:]
    var lastOfLane: [String: Int] = [:]
    for entry in entries {
      var place = places[entry.batch] ?? shipments.count
      if place < lastOfLane[entry.lane] ?? 0 { place = shipments.count }
      if place < shipments.count, shipments[place].count == EngineLimits.batchSize {
        place = shipments.count
      }
      if place == shipments.count { shipments.append([]) }
      shipments[place].append(entry)
      places[entry.batch] = place
      lastOfLane[entry.lane] = place
    }
    return shipments
  }
}
