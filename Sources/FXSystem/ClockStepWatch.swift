import CSystemd
import Glibc

/// Tells when the machine's wall clock jumps: somebody set it, or the machine slept.
///
/// Behind it is a timer of the kernel that never rings in earnest, and that every jump cancels
/// (`TFD_TIMER_CANCEL_ON_SET` of timerfd_create(2)); without jumps it costs nothing. A clock that is
/// slewed, as NTP does it, does not jump.
package final class ClockStepWatch: Sendable {
  private let watch: LaneDescriptor

  /// Watches until release; `handler` runs on the lane for every jump, or once for several that came
  /// close together.
  ///
  /// Throws where the process may open no further descriptor.
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
        // Asked once, a timer that was cancelled by a jump is quiet until the next one.
        var rings: UInt64 = 0
        if read(descriptor, &rings, MemoryLayout<UInt64>.size) < 0, errno == ECANCELED { handler() }
      },
      released: { close(descriptor) })
  }
}
