import FXCore

/// The requests that wait for their answers.
struct MQTTWaiters {
  /// The kinds of answers.
  enum Kind: Hashable {
    case connection
    case publication
    case subscription
  }

  /// One request of a connection.
  struct Key: Hashable {
    let kind: Kind
    let number: Int32
  }

  typealias Continuation = CheckedContinuation<Result<Int32, MQTTFailure>, Never>

  private struct Waiter {
    let number: Int32
    let deadline: SuspendingClock.Instant
    let continuation: Continuation
  }

  private var all: [Key: Waiter] = [:]
  private var lastNumber: Int32 = 0

  /// Returns a number that no other request has.
  mutating func nextNumber() -> Int32 {
    lastNumber &+= 1
    return lastNumber
  }

  mutating func add(
    _ key: Key, _ number: Int32, until deadline: SuspendingClock.Instant,
    _ continuation: Continuation
  ) {
    all[key] = Waiter(number: number, deadline: deadline, continuation: continuation)
  }

  /// Ends the wait of the request with a number.
  mutating func cancel(_ number: Int32) {
    guard let key = all.first(where: { $0.value.number == number })?.key else { return }
    resume(key, with: .failure(.cancelled))
  }

  /// Resumes a request; no effect if it does not wait.
  mutating func resume(_ key: Key, with result: Result<Int32, MQTTFailure>) {
    all.removeValue(forKey: key)?.continuation.resume(returning: result)
  }

  /// Resumes the requests that wait for the connection.
  mutating func resumeConnections(with result: Result<Int32, MQTTFailure>) {
    for key in all.keys where key.kind == .connection { resume(key, with: result) }
  }

  mutating func resumeAll(with result: Result<Int32, MQTTFailure>) {
    for key in all.keys { resume(key, with: result) }
  }

  /// The earliest time at which a request has waited for too long.
  var nextDeadline: SuspendingClock.Instant? { all.values.map(\.deadline).min() }
}
