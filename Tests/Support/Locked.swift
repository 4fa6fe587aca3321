import Synchronization

/// A value behind a lock, for what closures of a test share.
package final class Locked<Value: Sendable>: Sendable {
  private let mutex: Mutex<Value>

  /// A value to share.
  package init(_ value: Value) { mutex = Mutex(value) }

  /// Reads or changes the value while nobody else does.
  package func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
    mutex.withLock { value in body(&value) }
  }
}
