import Dispatch

/// A serial Dispatch queue that actors run on.
///
/// An actor pins itself to a lane through `unownedExecutor`; the handlers of the lane's timers,
/// signals and descriptors then run where the actor runs and reach it by `assumeIsolated`, without a
/// hop. Dispatch on Linux has no `DispatchSerialQueue`, which would do the same. Actors on one lane
/// never run at the same time.
package final class Lane: SerialExecutor {
  /// Where everything of this lane runs; serial, and never waited for.
  let queue: DispatchQueue

  /// An idle lane; `label` names it in debuggers.
  ///
  /// One that `waits`, for a disk or a reader, gets a thread whenever it has work, however many have
  /// one. The others share as many threads as there are processors: work that goes back and forth
  /// between two of them then wakes no thread most of the time.
  package init(label: String, waits: Bool = true) {
    queue = DispatchQueue(
      label: "fxwatch.\(label)", target: waits ? nil : .global(qos: .default))
  }

  /// Runs `work` on the lane, after what is already waiting there; returns at once.
  package func enter(_ work: @escaping @Sendable () -> Void) {
    queue.async(execute: work)
  }

  /// Runs a task's next step on the lane.
  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  /// Stops the program unless the caller runs on this lane; `assumeIsolated` asks this in handlers.
  package func checkIsolated() {
    dispatchPrecondition(condition: .onQueue(queue))
  }
}
