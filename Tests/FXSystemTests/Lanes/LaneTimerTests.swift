import FXSystem
import Testing

struct LaneTimerTests {
  @Test("A timer fires once, on its lane")
  func ringsOnce() async {
    let (rings, ring) = AsyncStream.makeStream(of: Int.self)
    let counter = Counter(lane: Lane(label: "test"))
    let timer = LaneTimer(on: counter.lane) {
      counter.assumeIsolated {
        $0.count()
        ring.yield($0.value)
      }
    }
    timer.arm(after: .zero, leeway: .zero)
    var rung = rings.makeAsyncIterator()
    #expect(await rung.next() == 1)
    // If the first arming fired again, it would fire before the second.
    timer.arm(after: .milliseconds(1), leeway: .zero)
    #expect(await rung.next() == 2)
  }

  @Test("A timer armed again fires only at the new time")
  func setAnew() async {
    let (rings, ring) = AsyncStream.makeStream(of: Void.self)
    let lane = Lane(label: "test")
    let timer = LaneTimer(on: lane) { ring.yield() }
    timer.arm(after: .seconds(3600), leeway: .zero)
    timer.arm(after: .milliseconds(1), leeway: .zero)
    var rung = rings.makeAsyncIterator()
    #expect(await rung.next() != nil)
  }

  @Test("A disarmed timer does not fire while a later one does")
  func disarmed() async {
    let (rings, ring) = AsyncStream.makeStream(of: String.self)
    let lane = Lane(label: "test")
    let first = LaneTimer(on: lane) { ring.yield("disarmed") }
    let second = LaneTimer(on: lane) { ring.yield("armed") }
    first.arm(after: .milliseconds(5), leeway: .zero)
    first.disarm()
    second.arm(after: .milliseconds(20), leeway: .zero)
    var rung = rings.makeAsyncIterator()
    #expect(await rung.next() == "armed")
  }

  @Test("Very long and negative waits work")
  func extremes() async {
    let (rings, ring) = AsyncStream.makeStream(of: Void.self)
    let timer = LaneTimer(on: Lane(label: "test")) { ring.yield() }
    timer.arm(after: .seconds(Int64.max), leeway: .seconds(Int64.max))
    timer.arm(after: .seconds(-5), leeway: .seconds(-5))
    var rung = rings.makeAsyncIterator()
    #expect(await rung.next() != nil)
  }

  @Test("A deallocated timer releases its handler")
  func released() async {
    let (rings, ring) = AsyncStream.makeStream(of: Void.self)
    let lane = Lane(label: "test")
    do {
      let end = StreamEnd(of: ring)
      let timer = LaneTimer(on: lane) { _ = end }
      timer.arm(after: .seconds(3600), leeway: .zero)
    }
    var rung = rings.makeAsyncIterator()
    #expect(await rung.next() == nil)
  }
}

/// Finishes a stream when it is deallocated.
final class StreamEnd: Sendable {
  private let continuation: AsyncStream<Void>.Continuation

  init(of continuation: AsyncStream<Void>.Continuation) { self.continuation = continuation }

  deinit {
    continuation.finish()
  }
}
