import FXSystem
import Testing

struct LaneTimerTests {
  @Test("An alarm rings once, on its lane")
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
    // A second ring of the first setting would come before that of the second.
    timer.arm(after: .milliseconds(1), leeway: .zero)
    #expect(await rung.next() == 2)
  }

  @Test("An alarm set anew rings at the new time alone")
  func setAnew() async {
    let (rings, ring) = AsyncStream.makeStream(of: Void.self)
    let lane = Lane(label: "test")
    let timer = LaneTimer(on: lane) { ring.yield() }
    timer.arm(after: .seconds(3600), leeway: .zero)
    timer.arm(after: .milliseconds(1), leeway: .zero)
    var rung = rings.makeAsyncIterator()
    #expect(await rung.next() != nil)
  }

  @Test("A disarmed alarm stays silent while a later one rings")
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

  @Test("Waits beyond any calendar, and below zero, are taken as they are meant")
  func extremes() async {
    let (rings, ring) = AsyncStream.makeStream(of: Void.self)
    let timer = LaneTimer(on: Lane(label: "test")) { ring.yield() }
    timer.arm(after: .seconds(Int64.max), leeway: .seconds(Int64.max))
    timer.arm(after: .seconds(-5), leeway: .seconds(-5))
    var rung = rings.makeAsyncIterator()
    #expect(await rung.next() != nil)
  }

  @Test("A timer that is released lets its handler go")
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

/// Finishes a stream when it is released.
final class StreamEnd: Sendable {
  private let continuation: AsyncStream<Void>.Continuation

  init(of continuation: AsyncStream<Void>.Continuation) { self.continuation = continuation }

  deinit {
    continuation.finish()
  }
}
