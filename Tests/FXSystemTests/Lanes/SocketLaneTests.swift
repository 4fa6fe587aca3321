import FXSystem
import Foundation
import Glibc
import Testing

struct SocketLaneTests {
  @Test("An actor runs on its lane, and work enqueued on the lane is in the actor's isolation")
  func actorOnLane() async throws {
    let listener = try Listener()
    await listener.record("called")
    await withCheckedContinuation { done in
      listener.lane.enter {
        listener.assumeIsolated { $0.record("entered") }
        done.resume()
      }
    }
    #expect(await listener.seen == ["called", "entered"])
  }

  @Test("Work enqueued on a lane runs in order, from many threads and from the lane itself")
  func order() async throws {
    let listener = try Listener()
    await withTaskGroup { group in
      for thread in 0..<8 {
        group.addTask {
          for number in 0..<500 {
            listener.lane.enter { listener.assumeIsolated { $0.record("\(thread) \(number)") } }
          }
        }
      }
    }
    await withCheckedContinuation { done in
      listener.lane.enter { listener.lane.enter { done.resume() } }
    }
    let seen = await listener.seen
    #expect(seen.count == 4000)
    for thread in 0..<8 {
      let own = seen.filter { $0.hasPrefix("\(thread) ") }
      #expect(own == (0..<500).map { "\(thread) \($0)" })
    }
  }

  @Test("A task that prefers a lane runs there")
  func preferred() async throws {
    let lane = try SocketLane(label: "test")
    let isThere = await Task(executorPreference: lane) { threadName() }.value
    #expect(isThere == "test")
  }

  @Test("A socket is reported when it is ready, and not after it is forgotten")
  func sockets() async throws {
    let listener = try Listener()
    let (one, other) = try pair()
    defer { for end in [one, other] { close(end) } }
    #expect(await listener.watch(one, for: .reading))
    write(other, "a", 1)
    await listener.wait(for: "\(one) 1")
    await listener.wait(for: "roundEnded")
    #expect(await listener.watch(one, for: .writing))
    await listener.wait(for: "\(one) 4")
    await listener.forget(one)
    let before = await listener.seen.count
    await listener.ring(at: .now)
    await listener.wait(for: "alarm")
    #expect(await listener.seen[before...] == ["alarm"])
  }

  @Test("A socket that cannot be watched is refused")
  func closedSocket() async throws {
    #expect(try await Listener().watch(-1, for: .reading) == false)
  }

  @Test("A peer that closes the connection is always reported")
  func hangUp() async throws {
    let listener = try Listener()
    let (one, other) = try pair()
    defer { close(one) }
    close(other)
    #expect(await listener.watch(one, for: []))
    await listener.wait(for: "\(one) 16")
    await listener.forget(one)
  }

  @Test("The alarm is reported once and not early; if it is set again, at the later instant")
  func alarm() async throws {
    let listener = try Listener()
    let start = SuspendingClock.now
    await listener.ring(at: start + .milliseconds(10), start + .milliseconds(40))
    await listener.wait(for: "alarm")
    #expect(SuspendingClock.now >= start + .milliseconds(40))
    #expect(await listener.seen == ["alarm"])
  }

  @Test("A removed alarm is not reported")
  func silenced() async throws {
    let listener = try Listener()
    await listener.ring(at: .now + .milliseconds(5), nil)
    let (one, other) = try pair()
    defer { for end in [one, other] { close(end) } }
    _ = await listener.watch(one, for: .reading)
    let later = SuspendingClock.now + .milliseconds(20)
    await listener.ring(at: later)
    await listener.wait(for: "alarm")
    #expect(SuspendingClock.now >= later)
    #expect(await listener.seen == ["alarm"])
  }

  @Test("A deallocated lane ends its thread", .timeLimit(.minutes(1)))
  func ends() async throws {
    for _ in 0..<200 {
      let lane = try SocketLane(label: "short-lived")
      await withCheckedContinuation { done in lane.enter { done.resume() } }
    }
    while threads(named: "short-lived") > 0 { await Task.yield() }
  }
}

/// Records the events of a lane.
private actor Listener {
  nonisolated let lane: SocketLane
  private(set) var seen: [String] = []
  private var awaited: (String, CheckedContinuation<Void, Never>)?

  init() throws { lane = try SocketLane(label: "test") }

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  func record(_ text: String) {
    seen.append(text)
    if let (wanted, continuation) = awaited, wanted == text {
      awaited = nil
      continuation.resume()
    }
  }

  /// Waits until an event has been recorded.
  func wait(for text: String) async {
    guard !seen.contains(text) else { return }
    await withCheckedContinuation { awaited = (text, $0) }
  }

  func watch(_ socket: Int32, for wanted: SocketLane.Readiness) -> Bool {
    listen()
    return lane.watch(socket, for: wanted)
  }

  func forget(_ socket: Int32) { lane.forget(socket) }

  /// Sets the alarm several times in one step, during which none can be reported.
  func ring(at instants: SuspendingClock.Instant?...) {
    listen()
    for instant in instants { lane.setAlarm(at: instant) }
  }

  private func listen() {
    lane.listen { [weak self] report in
      self?.assumeIsolated { listener in
        switch report {
        case .ready(let socket, let readiness): listener.record("\(socket) \(readiness.rawValue)")
        case .roundEnded: listener.record("roundEnded")
        case .alarm: listener.record("alarm")
        }
      }
    }
  }
}

/// A pair of connected sockets.
private func pair() throws -> (Int32, Int32) {
  var ends: [Int32] = [0, 0]
  try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
  return (ends[0], ends[1])
}

/// The name of the calling thread.
private func threadName() -> String {
  let text = try? String(contentsOfFile: "/proc/thread-self/comm", encoding: .utf8)
  return text?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
}

/// Returns the number of threads with a name.
private func threads(named name: String) -> Int {
  let tasks = "/proc/self/task"
  let numbers = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
  return numbers.count {
    (try? String(contentsOfFile: "\(tasks)/\($0)/comm", encoding: .utf8)) == name + "\n"
  }
}
