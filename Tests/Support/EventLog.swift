import Dispatch

/// What has happened so far, in order, and a way to wait for what has not.
package final class EventLog<Element: Sendable>: Sendable {
  /// Nothing of what was waited for came: the test fails with what came instead.
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

  /// An empty log; `name` says in a failure what was waited for.
  package init(_ name: String) { self.name = name }

  /// Everything so far.
  package var all: [Element] { state.withLock(\.elements) }

  /// Writes down what happened.
  package func append(_ element: Element) {
    change { $0.elements.append(element) }
  }

  /// Says that nothing more will happen; whoever waits is told so.
  package func end() {
    change { $0.hasEnded = true }
  }

  /// Everything so far, once that is enough.
  ///
  /// Throws when the log ends before, or when that takes longer than `patience`: a failure that says
  /// what there is, where a test would hang.
  @discardableResult
  package func wait(
    for what: String, patience: Duration = .seconds(60),
    until isEnough: @escaping @Sendable ([Element]) -> Bool
  ) async throws -> [Element] {
    try await wait(for: what, patience: patience) { elements, _ in isEnough(elements) }
  }

  /// The first elements, once there are that many.
  @discardableResult
  package func first(_ count: Int, patience: Duration = .seconds(60)) async throws -> [Element] {
    let elements = try await wait(for: "the first \(count)", patience: patience) { elements in
      elements.count >= count
    }
    return Array(elements.prefix(count))
  }

  /// Everything there will ever be.
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
