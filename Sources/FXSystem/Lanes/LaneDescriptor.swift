import Dispatch

/// Reports when a file descriptor is readable or writable.
///
/// The handler runs on the lane as long as the descriptor is ready (level-triggered). Dispatch
/// releases a descriptor some time after the watch has ended and then calls `released`; closing it
/// earlier would attach the old watch to a new descriptor of the same number.
package final class LaneDescriptor: @unchecked Sendable {
  // Invariant for @unchecked: `source` is configured in `init`; afterwards only `cancel` is called,
  // which is thread-safe.
  private let source: any DispatchSourceProtocol

  /// The operation to wait for.
  package enum Direction: Sendable {
    case reading
    case writing
  }

  /// Watches an open descriptor until `cancel` or deallocation.
  ///
  /// `released` runs on the lane exactly once, after the last `handler`; close the descriptor there.
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
