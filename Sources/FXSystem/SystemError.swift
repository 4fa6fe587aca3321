import Glibc

/// A failed call to the system: its `errno`.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The `errno` value; positive.
  package let code: Int32

  /// The error of that `errno`.
  package init(code: Int32) { self.code = code }

  /// The error the last failed call of this thread left behind.
  static var last: SystemError { SystemError(code: errno) }

  /// The system's words for it: `No such file or directory`.
  package var description: String { String(cString: strerror(code)) }
}
