import Dispatch

/// A serial Dispatch queue that actors run on.
///
/// An actor runs on a lane if its `unownedExecutor` is that lane; the handlers of the lane's timers,
/// signals and descriptors then run in the actor's isolation and access it through `assumeIsolated`,
/// without a context switch. Dispatch on Linux has no `DispatchSerialQueue`, which would do the same.
/// Actors on one lane never run concurrently.
///
/// Tasks can prefer a lane: nonisolated code then runs there instead of in Swift's thread pool, which
/// needs two thread wake-ups to enter and which Dispatch monitors once a second after its first use.
package final class Lane: SerialExecutor, TaskExecutor {
  /// The serial queue of this lane; never used with `sync`.
  let queue: DispatchQueue

  /// Creates a lane; `label` is its name in debuggers.
  package init(label: String) {
    queue = DispatchQueue(label: "fxwatch.\(label)")
  }

  /// Enqueues work on the lane and returns at once.
  package func enter(_ work: @escaping @Sendable () -> Void) {
    queue.async(execute: work)
  }

  /// Runs a task's next step on the lane.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async {
      job.runSynchronously(
        isolatedTo: self.asUnownedSerialExecutor(), taskExecutor: self.asUnownedTaskExecutor())
    }
  }

  /// Stops the program unless the caller runs on this lane; called by `assumeIsolated`.
  package func checkIsolated() {
    dispatchPrecondition(condition: .onQueue(queue))
  }
}
