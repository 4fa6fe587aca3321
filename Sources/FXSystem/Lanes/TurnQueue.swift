/// Callers that use something one after the other, in the order in which they ask.
///
/// For an actor whose calls are suspended half-way: each call begins with
/// `await withCheckedContinuation { turns.take($0) }` and ends with `turns.pass()`.
///
/// That it is free is found out within the closure, because an actor may do other work between the code
/// before `withCheckedContinuation` and its closure. A task whose preferred executor is not the one
/// that carries it out is enqueued again at each `await`, although its actor stays the same
/// (`swift_task_switch` compares both executors, Swift 6.3).
package struct TurnQueue {
  /// True while a caller has its turn.
  private var isTaken = false
  private var callers: [CheckedContinuation<Void, Never>] = []

  /// A queue without callers.
  package init() {}

  /// Resumes a caller once the callers before it have passed the turn; at once if there is none.
  package mutating func take(_ caller: CheckedContinuation<Void, Never>) {
    if isTaken {
      callers.append(caller)
    } else {
      isTaken = true
      caller.resume()
    }
  }

  /// Ends the turn of the caller that has it, which is then the next one's.
  package mutating func pass() {
    if callers.isEmpty { isTaken = false } else { callers.removeFirst().resume() }
  }
}
