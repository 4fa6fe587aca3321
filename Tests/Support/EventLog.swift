import Dispatch

/// A list of events in order, on which tests wait.
package final class EventLog<Element: Sendable>: Sendable {
  /// The failure of a wait, with the events so far.
  package struct Missing: Error, CustomStringConvertible {
    package let description: String
  }

  private struct Waiter {
    let isEnough: @Sendable (_ elements: [Element], _ hasEnded: Bool) -> Bool
    let continuation: CheckedContinuation<Bool, Never>
  }

  private struct State {
    var elements: [Element] = []
    var hasEnded = false
    var waiters: [Int: Waiter] = [:]
    var nextWaiter = 0
  }

  private let name: String
  private let state = Locked(State())

  /// Creates an empty log; `name` describes it in failures.
  package init(_ name: String) { self.name = name }

  /// The events so far.
  package var all: [Element] { state.withLock(\.elements) }

  /// Appends an event.
  package func append(_ element: Element) {
    change { $0.elements.append(element) }
  }

  /// Ends the log and all waits.
  package func end() {
    change { $0.hasEnded = true }
  }

  /// Waits until the events fulfil a condition, and returns them.
  ///
  /// Throws if the log ends before, or after `patience`, with a failure that lists the events,
  /// so that no test hangs.
  @discardableResult
  package func wait(
    for what: String, patience: Duration = .seconds(60),
    until isEnough: @escaping @Sendable ([Element]) -> Bool
  ) async throws -> [Element] {
    try await wait(for: what, patience: patience) { elements, _ in isEnough(elements) }
  }

  /// Waits for a number of events, and returns the first ones.
  @discardableResult
  package func first(_ count: Int, patience: Duration = .seconds(60)) async throws -> [Element] {
    let elements = try await wait(for: "the first \(count)", patience: patience) { elements in
      elements.count >= count
    }
    return Array(elements.prefix(count))
  }

  /// Waits for the end of the log, and returns all events.
  package func whole(patience: Duration = .seconds(60)) async throws -> [Element] {
    try await wait(for: "the end", patience: patience) { _, hasEnded in hasEnded }
  }

  private func wait(
    for what: String, patience: Duration,
    until isEnough: @escaping @Sendable ([Element], Bool) -> Bool
  ) async throws -> [Element] {
    let isThere = await withCheckedContinuation { continuation in
      let decided: Bool?
      let number: Int
      (decided, number) = state.withLock { state in
        if isEnough(state.elements, state.hasEnded) { return (true, 0) }
        if state.hasEnded { return (false, 0) }
        state.nextWaiter += 1
        state.waiters[state.nextWaiter] = Waiter(
          isEnough: isEnough, continuation: continuation)
        return (nil, state.nextWaiter)
      }
      if let decided { return continuation.resume(returning: decided) }
      let seconds = DispatchTimeInterval.seconds(Int(patience.components.seconds))
      DispatchQueue.global().asyncAfter(deadline: .now() + seconds) { self.giveUp(number) }
    }
    let elements = all
    guard isThere else {
      let lines = elements.suffix(40).map { "  \($0)" }.joined(separator: "\n")
      throw Missing(description: "\(name): \(what) did not come; there is:\n\(lines)")
    }
    return elements
  }

  private func change(_ body: (inout State) -> Void) {
    let ready = state.withLock { state in
      body(&state)
      let ready = state.waiters.compactMap { number, waiter -> (Int, Bool, Waiter)? in
        if waiter.isEnough(state.elements, state.hasEnded) { return (number, true, waiter) }
        return state.hasEnded ? (number, false, waiter) : nil
      }
      for (number, _, _) in ready { state.waiters[number] = nil }
      return ready
    }
    for (_, isThere, waiter) in ready { waiter.continuation.resume(returning: isThere) }
  }

  private func giveUp(_ number: Int) {
    let waiter = state.withLock { $0.waiters.removeValue(forKey: number) }
    waiter?.continuation.resume(returning: false)
  }
}
