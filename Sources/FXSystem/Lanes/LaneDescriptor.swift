import Dispatch

/// Tells when a file descriptor can be read or written.
///
/// The handler runs on the lane for as long as the descriptor stays ready (level-triggered).
/// Dispatch lets a descriptor go some time after the watch has ended: only `released` says when, and
/// closing it earlier would let a new descriptor of the same number inherit a dead watch.
package final class LaneDescriptor: @unchecked Sendable {
  // Invariant behind @unchecked: `source` is set up before anyone else sees it; afterwards only
  // `cancel` is called, which Dispatch lets any thread do.
  private let source: any DispatchSourceProtocol

  /// What is waited for.
  package enum Direction: Sendable {
    case reading
    case writing
  }

  /// Watches an open descriptor until `cancel` or release.
  ///
  /// `released` runs on the lane exactly once, after the last `handler`; it is the place to close
  /// the descriptor.
  package init(
    _ descriptor: Int32, for direction: Direction, on lane: Lane,
    handler: @escaping @Sendable () -> Void, released: @escaping @Sendable () -> Void
  ) {
    source =
      switch direction {
      case .reading: DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: lane.queue)
      case .writing: DispatchSource.makeWriteSource(fileDescriptor: descriptor, queue: lane.queue)
      }
    source.setEventHandler(handler: handler)
    source.setCancelHandler(handler: released)
    source.activate()
  }

  deinit {
    source.cancel()
  }

  /// Ends the watch; `released` follows on the lane.
  package func cancel() {
    source.cancel()
  }
}
