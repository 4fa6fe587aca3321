import FXCore
import FXSystem
import Synchronization

/// The time until which a replica may rely on its lease without asking the server.
///
/// On the clock that goes on while the machine is suspended (`CLOCK_BOOTTIME`): a process that was frozen
/// finds the time over.
final class TrustedTime: Sendable {
  private let end = Mutex<Duration?>(nil)

  /// Time that is over.
  init() {}

  /// Extends it after a renewal that began at an instant.
  func renew(begun instant: Duration) {
    end.withLock { $0 = ReplicaLease.trustEnd(afterRenewalAt: instant) }
  }

  /// Ends it for good, until the next renewal.
  func revoke() { end.withLock { $0 = nil } }

  /// True until its end.
  var isNow: Bool {
    end.withLock { end in end.map { SystemClock().sinceBoot() < $0 } ?? false }
  }

  /// The time since the latest renewal; nil if there was none.
  var age: Duration? {
    end.withLock { end in
      end.map { SystemClock().sinceBoot() - ($0 - ReplicaLease.trustEnd(afterRenewalAt: .zero)) }
    }
  }
}
