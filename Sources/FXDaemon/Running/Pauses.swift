import FXSystem
import Synchronization

/// Waits for short times on a lane of its own.
package final class Pauses: Sendable {
  private let lane = Lane(label: "pauses")

  /// Creates a lane for waiting.
  package init() {}

  /// Returns after a time.
  package func wait(_ time: Duration) async {
    // A timer that is released is cancelled.
    let kept = Mutex<LaneTimer?>(nil)
    await withCheckedContinuation { continuation in
      let timer = LaneTimer(on: lane) { continuation.resume() }
      kept.withLock { $0 = timer }
      timer.arm(after: time, leeway: .milliseconds(10))
    }
    kept.withLock { $0 = nil }
  }
}
