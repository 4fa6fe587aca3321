import Glibc

/// The `errno` of a failed system call.
package struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The `errno` value; positive.
  package let code: Int32

  /// Creates an error from an `errno` value.
  package init(code: Int32) { self.code = code }

  /// A symbolic link that must not be followed.
  package static let symbolicLink = SystemError(code: ELOOP)

  /// The error of this thread's last failed call.
  package static var last: SystemError { SystemError(code: errno) }

  /// True for a lack of resources or a failing device: another attempt may succeed.
  package var isTransient: Bool {
    [
      EAGAIN, EBUSY, EDQUOT, EINTR, EIO, EMFILE, ENFILE, ENOBUFS, ENODEV, ENOMEM, ENOSPC, ENXIO,
      ESTALE, ETIMEDOUT,
    ].contains(code)
  }

  /// The system's description: `No such file or directory`.
  package var description: String { String(cString: strerror(code)) }
}
