/// The requests for a reload, of which one is carried out at a time.
///
/// A request that comes during a reload, or during the start, causes one more reload.
struct ReloadRequests {
  private var isPending = false
  private var isRunning = false

  /// Adds a request.
  mutating func add() { isPending = true }

  /// Begins a run of reloads; false where none is asked for or one is running.
  mutating func begin() -> Bool {
    guard isPending, !isRunning else { return false }
    isRunning = true
    return true
  }

  /// Removes the pending request for the next reload of the run; false where there is none, which ends
  /// the run.
  mutating func next() -> Bool {
    isRunning = isPending
    isPending = false
    return isRunning
  }

  /// Ends the run of reloads, whatever is pending.
  mutating func end() { isRunning = false }
}
