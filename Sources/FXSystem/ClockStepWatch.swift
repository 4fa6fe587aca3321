import CSystemd
import Glibc

/// Reports steps of the machine's wall clock: the clock was set, or the machine was suspended.
///
/// Uses a kernel timer that never expires but is cancelled by each step (`TFD_TIMER_CANCEL_ON_SET`
/// of timerfd_create(2)); without steps it costs nothing. Slewing the clock, as NTP does, is not a
/// step.
package final class ClockStepWatch: Sendable {
  private let watch: LaneDescriptor

  /// Watches until deallocation; `handler` runs on the lane for each step, or once for several close
  /// together.
  ///
  /// Throws if the process can open no further descriptor.
  package init(on lane: Lane, handler: @escaping @Sendable () -> Void) throws(SystemError) {
    let descriptor = timerfd_create(CLOCK_REALTIME, Int32(TFD_CLOEXEC) | Int32(TFD_NONBLOCK))
    guard descriptor >= 0 else { throw .last }
    var never = itimerspec()
    never.it_value.tv_sec = .max
    guard
      timerfd_settime(
        descriptor, Int32(TFD_TIMER_ABSTIME) | Int32(TFD_TIMER_CANCEL_ON_SET), &never, nil) == 0
    else {
      let error = SystemError.last
      close(descriptor)
      throw error
    }
    watch = LaneDescriptor(
      descriptor, for: .reading, on: lane,
      handler: {
        // One read resets a cancelled timer until the next step.
        var expirations: UInt64 = 0
        if read(descriptor, &expirations, MemoryLayout<UInt64>.size) < 0, errno == ECANCELED {
          handler()
        }
      },
      released: { close(descriptor) })
  }
}
