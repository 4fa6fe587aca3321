import FXCore

/// The memory of the bodies that the transfers of a transport are receiving.
///
/// If all together exceed the limit, the longest is given up: so no publisher can keep others from being
/// read. Not Sendable: it is isolated to the transport. Costs nothing per transfer while the limit is
/// not reached, apart from an entry for each body.
final class BodyBudget {
  private let limit: Int
  private var total = 0
  private var lengths: [ObjectIdentifier: (transfer: HTTPTransfer, bytes: Int)] = [:]

  /// A budget of as many bytes.
  init(limit: Int) { self.limit = limit }

  /// Adds bytes that a transfer has received; may give up its body, or that of another transfer.
  func add(_ bytes: Int, of transfer: HTTPTransfer) {
    total += bytes
    lengths[ObjectIdentifier(transfer), default: (transfer, 0)].bytes += bytes
    while total > limit, let longest = lengths.values.max(by: { $0.bytes < $1.bytes }) {
      longest.transfer.giveUp(
        because: .excessive(
          reason:
            "the bodies of all sources together exceed \(limit >> 20) MiB, and this one is the longest"
        ))
      remove(longest.transfer)
    }
  }

  /// Removes the body of a transfer, if it has one.
  func remove(_ transfer: HTTPTransfer) {
    guard let removed = lengths.removeValue(forKey: ObjectIdentifier(transfer)) else { return }
    total -= removed.bytes
  }
}
