import Foundation

/// A value that several threads of a test share, one at a time.
///
/// Not `Synchronization.Mutex`: ThreadSanitizer on Linux does not see that one lock, and reports what
/// it guards.
package final class Locked<Value>: @unchecked Sendable {
  // Invariant for @unchecked: `value` is accessed only while `lock` is held.
  private let lock = NSLock()
  private var value: Value

  /// Creates a value that is not shared yet.
  package init(_ value: sending Value) {
    self.value = value
  }

  /// Calls `body` with exclusive access; it must be short and must not access this value again.
  package func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    try lock.withLock { try body(&value) }
  }
}
