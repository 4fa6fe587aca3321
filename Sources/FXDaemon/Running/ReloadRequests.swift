/// The requests for a reload, of which one is carried out at a time.
///
/// A request that comes during a reload, or during the start, causes one more reload.
package struct ReloadRequests {
  private var isPending = false
  private var isRunning = false

  /// No requests.
  package init() {}

  /// Adds a request.
  package mutating func add() { isPending = true }

  /// Begins a run of reloads; false where none is asked for or one is running.
  package mutating func begin() -> Bool {
    guard isPending, !isRunning else { return false }
    isRunning = true
    return true
  }

  /// Removes the pending request for the next reload of the run; false where there is none, which ends
  /// the run.
  package mutating func next() -> Bool {
    isRunning = isPending
    isPending = false
    return isRunning
  }

  /// Ends the run of reloads, whatever is pending.
  package mutating func end() { isRunning = false }
}
