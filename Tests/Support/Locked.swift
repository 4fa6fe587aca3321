import Foundation

/// A value that several threads of a test share, one at a time.
///
/// Not `Synchronization.Mutex`: ThreadSanitizer on Linux does not see that one lock, and reports what
/// it guards.
package final class Locked<Value>: @unchecked Sendable {
  // Invariant behind @unchecked: `value` is touched only while `lock` is held.
  private let lock = NSLock()
  private var value: Value

  /// A value nobody else has.
  package init(_ value: sending Value) {
    self.value = value
  }

  /// Gives `body` the value alone; it must be short and not ask for this value again.
  package func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    try lock.withLock { try body(&value) }
  }
}
