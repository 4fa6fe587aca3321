import FXSystem
import Glibc
import Testing

@Suite(.serialized)
struct LaneSignalTests {
  @Test("A signal sent to the process is handled on the lane instead of ending the process")
  func handled() async {
    let (signals, handled) = AsyncStream.makeStream(of: Int.self)
    let counter = Counter(lane: Lane(label: "test"))
    let signal = await LaneSignal(.hangUp, on: counter.lane) {
      counter.assumeIsolated {
        $0.count()
        handled.yield($0.value)
      }
    }
    var next = signals.makeAsyncIterator()
    for count in 1...3 {
      kill(getpid(), SIGHUP)
      #expect(await next.next() == count)
    }
    signal.cancel()
  }

  @Test("A cancelled handler gets no signal, and a new one does")
  func ended() async {
    let (signals, handled) = AsyncStream.makeStream(of: String.self)
    let lane = Lane(label: "test")
    let first = await LaneSignal(.hangUp, on: lane) { handled.yield("first") }
    first.cancel()
    let second = await LaneSignal(.hangUp, on: lane) { handled.yield("second") }
    kill(getpid(), SIGHUP)
    var next = signals.makeAsyncIterator()
    #expect(await next.next() == "second")
    second.cancel()
  }
}
