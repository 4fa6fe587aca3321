import CLinux
import Glibc
import Synchronization

/// A lane with a thread of its own, which sleeps until a socket is ready, an alarm is due or there is
/// work.
///
/// For who exchanges thousands of small messages: what a socket has to say reaches the actor on this
/// lane with one system call, on the thread that has slept for it. A Dispatch source hears of it on
/// Dispatch's own thread, which wakes another one for the handler; these two wake-ups cost more than
/// a request on loopback.
///
/// An actor pins itself to the lane through `unownedExecutor`, and tasks can prefer it, as with
/// `Lane`. Sockets and the alarm belong to one listener, which is called on the lane.
package final class SocketLane: SerialExecutor, TaskExecutor {
  /// What a socket is waited for, or ready for.
  package struct Readiness: OptionSet, Hashable, Sendable {
    /// Flags of epoll_ctl(2).
    package let rawValue: UInt32

    /// What such flags say.
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Bytes, or the end of the stream, can be read.
    package static let reading = Readiness(rawValue: EPOLLIN.rawValue)

    /// Bytes can be written.
    package static let writing = Readiness(rawValue: EPOLLOUT.rawValue)

    /// The peer is gone or the socket has failed; reported without being asked for.
    package static let failed = Readiness(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
  }

  /// What the listener hears.
  package enum Report: Sendable {
    /// A socket is ready, and will be reported again until it no longer is.
    ///
    /// One that was closed or replaced while an earlier report of the same look was handled may
    /// still be named.
    case ready(Int32, for: Readiness)
    /// Every socket of a look has been reported.
    case looked
    /// The alarm was due, and is no longer set.
    case alarm
  }

  private let waiter: Waiter

  /// An idle lane; `label` names its thread, in debuggers and in `top -H`, of which the system keeps
  /// 15 bytes.
  ///
  /// Throws where the process may open no further descriptor or start no further thread.
  package init(label: String) throws(SystemError) {
    waiter = try Waiter()
    try waiter.start()
    enter { fx_thread_set_name(label) }
  }

  deinit { waiter.end() }

  /// Runs `work` on the lane, after what is already waiting there; returns at once.
  package func enter(_ work: @escaping @Sendable () -> Void) {
    waiter.add(.work(work))
  }

  /// Runs a task's next step on the lane.
  package func enqueue(_ job: consuming ExecutorJob) {
    waiter.add(.step(UnownedJob(job), of: self))
  }

  /// Stops the program unless the caller runs on this lane; `assumeIsolated` asks this in handlers.
  package func checkIsolated() {
    precondition(waiter.isCurrent, "this is not the lane's own thread")
  }

  /// Has `listener` hear of the sockets and the alarm from now on, in place of any other.
  ///
  /// Only on the lane, as everything below.
  package func listen(_ listener: @escaping @Sendable (Report) -> Void) {
    checkIsolated()
    waiter.listener = listener
  }

  /// Watches an open socket for `wanted` from now on, whether or not it was watched; false when the
  /// system refuses.
  package func watch(_ socket: Int32, for wanted: Readiness) -> Bool {
    checkIsolated()
    return fx_epoll_watch(waiter.set, socket, wanted.rawValue) == 0
  }

  /// Watches a socket no more; it may be closed at once.
  package func forget(_ socket: Int32) {
    checkIsolated()
    fx_epoll_forget(waiter.set, socket)
  }

  /// Sets the alarm to go off once at an instant of monotonic time, up to a millisecond later; nil
  /// takes it back.
  ///
  /// Costs no system call: the instant is given to the next wait.
  package func setAlarm(at instant: SuspendingClock.Instant?) {
    checkIsolated()
    waiter.alarm = instant
  }
}

/// What a lane and its thread share; it lives until both are gone.
///
/// Invariant behind @unchecked: `queue` has a lock; `listener` and `alarm` are touched on the thread
/// alone; `thread` is set before the lane can be used.
private final class Waiter: @unchecked Sendable {
  /// Something to do on the lane.
  enum Entry {
    case work(@Sendable () -> Void)
    case step(UnownedJob, of: SocketLane)
  }

  private struct Queue {
    var entries: [Entry] = []
    /// The thread sleeps, or is about to: who adds something has to wake it.
    var sleeps = false
    var hasEnded = false
  }

  /// Sockets reported before what waits on the lane gets its turn.
  private static let socketsPerLook = 64

  /// How often in a row new work is taken before the sockets get their turn.
  private static let roundsPerLook = 16

  let set: Int32
  var listener: (@Sendable (SocketLane.Report) -> Void)?
  var alarm: SuspendingClock.Instant?

  /// An eventfd that wakes the thread.
  ///
  /// A member of the set that is reported once for each time it is rung (EPOLLET), and so need
  /// never be read.
  private let bell: Int32
  private var thread = pthread_t()
  private let queue = Mutex(Queue())

  init() throws(SystemError) {
    set = fx_epoll_create()
    guard set >= 0 else { throw .last }
    bell = fx_bell_create()
    guard bell >= 0, fx_epoll_watch(set, bell, EPOLLIN.rawValue | EPOLLET.rawValue) == 0 else {
      throw .last
    }
  }

  // Only here: while the lane or the thread is left, a number closed would soon be another file's.
  deinit {
    close(set)
    if bell >= 0 { close(bell) }
  }

  /// Starts the thread, which holds the waiter until it has ended.
  ///
  /// It takes no signals: those are heard by Dispatch.
  func start() throws(SystemError) {
    let me = Unmanaged.passRetained(self)
    let code = fx_thread_start(
      &thread,
      { waiter in
        if let waiter { Unmanaged<Waiter>.fromOpaque(waiter).takeRetainedValue().run() }
        return nil
      }, me.toOpaque())
    guard code == 0 else {
      me.release()
      throw SystemError(code: code)
    }
  }

  var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

  func add(_ entry: Entry) {
    let wakes = queue.withLock { queue in
      queue.entries.append(entry)
      defer { queue.sleeps = false }
      return queue.sleeps
    }
    if wakes { fx_bell_ring(bell) }
  }

  /// Ends the thread; the lane is gone, and nothing waits on it.
  func end() {
    queue.withLock { $0.hasEnded = true }
    fx_bell_ring(bell)
  }

  private func run() {
    var entries: [Entry] = []
    var ready = [epoll_event](repeating: epoll_event(), count: Self.socketsPerLook)
    while work(&entries) {
      look(&ready)
    }
  }

  /// Does what waits on the lane; false once the lane is gone.
  private func work(_ entries: inout [Entry]) -> Bool {
    for _ in 0..<Self.roundsPerLook {
      let hasEnded = queue.withLock { queue in
        swap(&queue.entries, &entries)
        queue.sleeps = entries.isEmpty
        return queue.hasEnded
      }
      guard !entries.isEmpty else { return !hasEnded }
      for entry in entries { Self.run(entry) }
      entries.removeAll(keepingCapacity: true)
    }
    return true
  }

  private static func run(_ entry: Entry) {
    switch entry {
    case .work(let work): work()
    case .step(let job, let lane):
      job.runSynchronously(
        isolatedTo: lane.asUnownedSerialExecutor(), taskExecutor: lane.asUnownedTaskExecutor())
    }
  }

  /// Reports what the sockets and the alarm have to say, and waits for it where nothing else is to
  /// be done.
  private func look(_ ready: inout [epoll_event]) {
    let count = Int(epoll_wait(set, &ready, Int32(ready.count), patience))
    queue.withLock { $0.sleeps = false }
    var hasLooked = false
    for event in ready.prefix(max(count, 0)) where event.data.fd != bell {
      listener?(.ready(event.data.fd, for: .init(rawValue: event.events)))
      hasLooked = true
    }
    if hasLooked { listener?(.looked) }
    if let alarm, alarm <= .now {
      self.alarm = nil
      listener?(.alarm)
    }
  }

  /// How long to wait for sockets, in milliseconds; below zero, for as long as it takes.
  private var patience: Int32 {
    guard queue.withLock({ $0.sleeps }) else { return 0 }
    guard let alarm else { return -1 }
    let wait = SuspendingClock.now.duration(to: alarm)
    guard wait > .zero else { return 0 }
    let (seconds, attoseconds) = min(wait, .seconds(86_400)).components
    // Rounded up: woken before its time, the thread would wait again.
    return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
