package import FXCore

/// Shipments that must arrive one after the other.
package struct DeliverySequence: Sendable {
  private var shipments: ArraySlice<[OutboxEntry]>

  /// The ordering keys of refused entries; later entries with one of these keys are held back.
  private var blockedKeys: Set<String> = []

  init(_ shipments: [[OutboxEntry]]) { self.shipments = shipments[...] }

  /// Removes the next shipment that is not held back and returns it; nil where none is left.
  mutating func popFirst() -> [OutboxEntry]? {
    while let entries = shipments.popFirst() {
      if blockedKeys.isEmpty || !entries.contains(where: { blockedKeys.contains($0.orderingKey) }) {
        return entries
      }
    }
    return nil
  }

  /// Puts back the shipment that `popFirst` returned last.
  mutating func putBack(_ entries: [OutboxEntry]) { shipments = [entries] + shipments }

  /// The entries that are left.
  var entries: [OutboxEntry] { shipments.flatMap(\.self) }

  /// Holds back later entries with the ordering keys of these.
  mutating func block(_ entries: [OutboxEntry]) {
    blockedKeys.formUnion(entries.map(\.orderingKey))
  }
}

extension DeliverySequence {
  /// Returns one sequence per ordering key, each event in a shipment of its own.
  ///
  /// Only one sequence for a notifier that batches, with the events of one batch in one shipment; and
  /// only one where one shipment at a time is sent, so that a file has its lines in the order of the
  /// events.
  package static func all(
    of entries: [OutboxEntry], batches: Bool, atOnce: Int
  ) -> [DeliverySequence] {
    if batches { return [DeliverySequence(Self.batches(of: entries))] }
    if atOnce == 1 { return [DeliverySequence(entries.map { [$0] })] }
    var order: [String] = []
    var shipments: [String: [[OutboxEntry]]] = [:]
    for entry in entries {
      if shipments[entry.orderingKey] == nil { order.append(entry.orderingKey) }
      shipments[entry.orderingKey, default: []].append([entry])
    }
    return order.map { DeliverySequence(shipments[$0] ?? []) }
  }

  /// Groups entries by batch, at most `DeliveryLimits.batchSize` in a shipment; no entry goes before an
  /// older one with its ordering key.
  private static func batches(of entries: [OutboxEntry]) -> [[OutboxEntry]] {
    var shipments: [[OutboxEntry]] = []
    var places: [OutboxEntry.Batch: Int] = [:]
    var lastPlaces: [String: Int] = [:]
    for entry in entries {
      var place = places[entry.batch] ?? shipments.count
      if place < lastPlaces[entry.orderingKey] ?? 0 { place = shipments.count }
      if place < shipments.count, shipments[place].count == DeliveryLimits.batchSize {
        place = shipments.count
      }
      if place == shipments.count { shipments.append([]) }
      shipments[place].append(entry)
      places[entry.batch] = place
      lastPlaces[entry.orderingKey] = place
    }
    return shipments
  }
}
