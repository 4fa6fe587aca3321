import CSystemd
import FXSystem
import Glibc
import Testing

@Suite("Steps of the wall clock")
struct ClockStepWatchTests {
  @Test(
    "are each reported at once, even a step of a nanosecond",
    .enabled(if: Self.move(byNanoseconds: 0), "only who may set the clock can try it"))
  func told() async throws {
    let (jumps, jump) = AsyncStream.makeStream(of: Void.self)
    let watch = try ClockStepWatch(on: Lane(label: "test")) { jump.yield() }
    var told = jumps.makeAsyncIterator()
    for _ in 0..<2 {
      #expect(Self.move(byNanoseconds: 1))
      #expect(await told.next() != nil)
    }
    withExtendedLifetime(watch) {}
  }

  @Test("are no longer reported after the watch is released")
  func released() async throws {
    let (jumps, jump) = AsyncStream.makeStream(of: Void.self)
    do {
      let end = StreamEnd(of: jump)
      let watch = try ClockStepWatch(on: Lane(label: "test")) { _ = end }
      withExtendedLifetime(watch) {}
    }
    var told = jumps.makeAsyncIterator()
    #expect(await told.next() == nil)
  }

  /// Moves the wall clock forward; returns false if this process may not.
  private static func move(byNanoseconds nanoseconds: Int) -> Bool {
    var change = timex()
    change.modes = UInt32(ADJ_SETOFFSET) | UInt32(ADJ_NANO)
    change.time.tv_usec = nanoseconds
    return adjtimex(&change) >= 0
  }
}
