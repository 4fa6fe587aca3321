/// A request to stop the daemon, which may come before anything waits for it.
struct StopRequest {
  /// True once the daemon was asked to stop.
  private(set) var isMade = false

  private var waiting: CheckedContinuation<Void, Never>?

  /// Resumes a task once the daemon is asked to stop; at once where it was.
  mutating func resume(_ continuation: CheckedContinuation<Void, Never>) {
    if isMade { continuation.resume() } else { waiting = continuation }
  }

  /// Asks the daemon to stop.
  mutating func make() {
    isMade = true
    waiting?.resume()
    waiting = nil
  }
}
