import FXSystem
import Testing

struct LaneTests {
  @Test("An actor runs on its lane, and work enqueued on the lane is in the actor's isolation")
  func actorOnLane() async {
    let counter = Counter(lane: Lane(label: "test"))
    await counter.count()
    await withCheckedContinuation { done in
      counter.lane.enter {
        counter.assumeIsolated { $0.count() }
        done.resume()
      }
    }
    #expect(await counter.value == 2)
  }

  @Test("Work enqueued on a lane runs in order, one after another")
  func order() async {
    let counter = Counter(lane: Lane(label: "test"))
    await withCheckedContinuation { done in
      for number in 0..<1000 {
        counter.lane.enter { counter.assumeIsolated { $0.seen.append(number) } }
      }
      counter.lane.enter { done.resume() }
    }
    #expect(await counter.seen == Array(0..<1000))
  }

  @Test("Two actors on one lane call each other without leaving it")
  func shared() async {
    let lane = Lane(label: "test")
    let first = Counter(lane: lane)
    let second = Counter(lane: lane)
    #expect(await first.countsBoth(with: second) == 1)
  }
}

/// An actor with state on a lane.
actor Counter {
  nonisolated let lane: Lane
  var value = 0
  var seen: [Int] = []

  init(lane: Lane) { self.lane = lane }

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  func count() { value += 1 }

  func countsBoth(with other: Counter) -> Int {
    count()
    return other.assumeIsolated {
      $0.count()
      return $0.value
    }
  }
}
