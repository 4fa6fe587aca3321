import FXSystem
import Glibc
import Testing

@Suite(.serialized)
struct LaneSignalTests {
  @Test("A signal sent to the process is heard on the lane instead of ending it")
  func heard() async {
    let (signals, heard) = AsyncStream.makeStream(of: Int.self)
    let counter = Counter(lane: Lane(label: "test"))
    let signal = await LaneSignal(.hangUp, on: counter.lane) {
      counter.assumeIsolated {
        $0.count()
        heard.yield($0.value)
      }
    }
    var next = signals.makeAsyncIterator()
    for count in 1...3 {
      kill(getpid(), SIGHUP)
      #expect(await next.next() == count)
    }
    signal.cancel()
  }

  @Test("A watch that has ended hears nothing, and a new one does")
  func ended() async {
    let (signals, heard) = AsyncStream.makeStream(of: String.self)
    let lane = Lane(label: "test")
    let first = await LaneSignal(.hangUp, on: lane) { heard.yield("first") }
    first.cancel()
    let second = await LaneSignal(.hangUp, on: lane) { heard.yield("second") }
    kill(getpid(), SIGHUP)
    var next = signals.makeAsyncIterator()
    #expect(await next.next() == "second")
    second.cancel()
  }
}
