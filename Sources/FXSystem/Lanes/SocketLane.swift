import CLinux
import Glibc
import Synchronization

/// A lane with its own thread, which sleeps until a socket is ready, the alarm is due or work is
/// enqueued.
///
/// It is made for thousands of small messages: a socket's event reaches the actor on this lane with
/// one system call, on the thread that waited for it. A Dispatch source receives the event on
/// Dispatch's own thread and wakes another one for the handler; these two wake-ups cost more than a
/// request on loopback.
///
/// Actors run on the lane through `unownedExecutor`, and tasks can prefer it, as with `Lane`. Sockets
/// and the alarm have one listener, which is called on the lane.
package final class SocketLane: SerialExecutor, TaskExecutor {
  /// The operations a socket is watched or ready for.
  package struct Readiness: OptionSet, Hashable, Sendable {
    /// The event flags of epoll_ctl(2).
    package let rawValue: UInt32

    /// Creates a set from event flags.
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Bytes, or the end of the stream, can be read.
    package static let reading = Readiness(rawValue: EPOLLIN.rawValue)

    /// Bytes can be written.
    package static let writing = Readiness(rawValue: EPOLLOUT.rawValue)

    /// The peer has closed the connection or the socket has failed; always reported.
    package static let failed = Readiness(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)
  }

  /// An event passed to the listener.
  package enum Event: Sendable {
    /// A socket is ready; reported again as long as it is.
    ///
    /// The socket may have been closed or replaced while an earlier event of the same round was
    /// handled.
    case ready(Int32, for: Readiness)
    /// Every ready socket of a round has been reported.
    case roundEnded
    /// The alarm was due and is no longer set.
    case alarm
  }

  private let loop: EventLoop

  /// Creates a lane; `label` names its thread in debuggers and `top -H` (the system keeps 15 bytes).
  ///
  /// Throws if the process can open no further descriptor or start no further thread.
  package init(label: String) throws(SystemError) {
    loop = try EventLoop()
    try loop.start()
    enter { fx_thread_set_name(label) }
  }

  deinit { loop.end() }

  /// Enqueues work on the lane and returns at once.
  package func enter(_ work: @escaping @Sendable () -> Void) {
    loop.add(.work(work))
  }

  /// Runs a task's next step on the lane.
  package func enqueue(_ job: consuming ExecutorJob) {
    loop.add(.step(UnownedJob(job), of: self))
  }

  /// Stops the program unless the caller runs on this lane; called by `assumeIsolated`.
  package func checkIsolated() {
    precondition(loop.isCurrent, "this is not the lane's own thread")
  }

  /// Sets the listener of the sockets and the alarm, replacing another.
  ///
  /// This and the methods below must be called on the lane.
  package func listen(_ listener: @escaping @Sendable (Event) -> Void) {
    checkIsolated()
    loop.listener = listener
  }

  /// Watches an open socket, or changes the operations it is watched for; returns false if the system
  /// refuses.
  package func watch(_ socket: Int32, for readiness: Readiness) -> Bool {
    checkIsolated()
    return fx_epoll_watch(loop.set, socket, readiness.rawValue) == 0
  }

  /// Stops watching a socket, which may then be closed.
  package func forget(_ socket: Int32) {
    checkIsolated()
    fx_epoll_forget(loop.set, socket)
  }

  /// Sets the alarm to an instant of monotonic time, or removes it; it is up to a millisecond late.
  ///
  /// Needs no system call: the next wait uses the instant.
  package func setAlarm(at instant: SuspendingClock.Instant?) {
    checkIsolated()
    loop.alarm = instant
  }
}

/// The state shared by a lane and its thread; it lives until both are gone.
///
/// Invariant for @unchecked: `queue` has a lock; `listener` and `alarm` are accessed only on the
/// thread; `thread` is set before the lane can be used.
private final class EventLoop: @unchecked Sendable {
  /// Work enqueued on the lane.
  enum Entry {
    case work(@Sendable () -> Void)
    case step(UnownedJob, of: SocketLane)
  }

  private struct Queue {
    var entries: [Entry] = []
    /// Indicates whether the thread sleeps or is about to, so that new work must wake it.
    var sleeps = false
    var hasEnded = false
  }

  /// The most sockets reported before enqueued work is run.
  private static let socketsPerRound = 64

  /// The most batches of enqueued work before sockets are checked.
  private static let batchesPerRound = 16

  let set: Int32
  var listener: (@Sendable (SocketLane.Event) -> Void)?
  var alarm: SuspendingClock.Instant?

  /// An eventfd that wakes the thread.
  ///
  /// It is a member of the set and edge-triggered (EPOLLET), so it need not be read.
  private let wakeUp: Int32
  private var thread = pthread_t()
  private let queue = Mutex(Queue())

  init() throws(SystemError) {
    set = fx_epoll_create()
    guard set >= 0 else { throw .last }
    wakeUp = fx_wake_up_create()
    guard wakeUp >= 0, fx_epoll_watch(set, wakeUp, EPOLLIN.rawValue | EPOLLET.rawValue) == 0 else {
      throw .last
    }
  }

  // Closed only here: before, the lane or the thread could use a number that the system has reused.
  deinit {
    close(set)
    if wakeUp >= 0 { close(wakeUp) }
  }

  /// Starts the thread, which retains this object until it has ended.
  ///
  /// The thread blocks all signals: Dispatch handles them.
  func start() throws(SystemError) {
    let me = Unmanaged.passRetained(self)
    let code = fx_thread_start(
      &thread,
      { loop in
        if let loop { Unmanaged<EventLoop>.fromOpaque(loop).takeRetainedValue().run() }
        return nil
      }, me.toOpaque())
    guard code == 0 else {
      me.release()
      throw SystemError(code: code)
    }
  }

  var isCurrent: Bool { pthread_equal(pthread_self(), thread) != 0 }

  func add(_ entry: Entry) {
    let mustWake = queue.withLock { queue in
      queue.entries.append(entry)
      defer { queue.sleeps = false }
      return queue.sleeps
    }
    if mustWake { fx_wake_up_send(wakeUp) }
  }

  /// Ends the thread after the lane is gone.
  func end() {
    queue.withLock { $0.hasEnded = true }
    fx_wake_up_send(wakeUp)
  }

  private func run() {
    var entries: [Entry] = []
    var ready = [epoll_event](repeating: epoll_event(), count: Self.socketsPerRound)
    while runEntries(&entries) {
      reportEvents(&ready)
    }
  }

  /// Runs enqueued work; returns false after the lane is gone.
  private func runEntries(_ entries: inout [Entry]) -> Bool {
    for _ in 0..<Self.batchesPerRound {
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

  /// Reports the events of the sockets and the alarm; waits for one if no work is enqueued.
  private func reportEvents(_ ready: inout [epoll_event]) {
    let count = Int(epoll_wait(set, &ready, Int32(ready.count), timeout))
    queue.withLock { $0.sleeps = false }
    var hasReported = false
    for event in ready.prefix(max(count, 0)) where event.data.fd != wakeUp {
      listener?(.ready(event.data.fd, for: .init(rawValue: event.events)))
      hasReported = true
    }
    if hasReported { listener?(.roundEnded) }
    if let alarm, alarm <= .now {
      self.alarm = nil
      listener?(.alarm)
    }
  }

  /// The timeout of epoll_wait(2) in milliseconds; -1 for none.
  private var timeout: Int32 {
    guard queue.withLock({ $0.sleeps }) else { return 0 }
    guard let alarm else { return -1 }
    let wait = SuspendingClock.now.duration(to: alarm)
    guard wait > .zero else { return 0 }
    let (seconds, attoseconds) = min(wait, .seconds(86_400)).components
    // Rounded up: woken too early, the thread would wait again.
    return Int32(seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
  }
}
