import Dispatch

/// A serial Dispatch queue that actors run on.
///
/// An actor pins itself to a lane through `unownedExecutor`; the handlers of the lane's timers,
/// signals and descriptors then run where the actor runs and reach it by `assumeIsolated`, without a
/// hop. Dispatch on Linux has no `DispatchSerialQueue`, which would do the same. Actors on one lane
/// never run at the same time.
///
/// Tasks can prefer a lane: then what belongs to no actor runs there, too, and not in Swift's common
/// pool of threads, on the way to which two threads are woken, and which Dispatch looks after once a
/// second from its first use on.
package final class Lane: SerialExecutor, TaskExecutor {
  /// Where everything of this lane runs; serial, and never waited for.
  let queue: DispatchQueue

  /// An idle lane; `label` names it in debuggers.
  package init(label: String) {
    queue = DispatchQueue(label: "fxwatch.\(label)")
  }

  /// Runs `work` on the lane, after what is already waiting there; returns at once.
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

  /// Stops the program unless the caller runs on this lane; `assumeIsolated` asks this in handlers.
  package func checkIsolated() {
    dispatchPrecondition(condition: .onQueue(queue))
  }
}
