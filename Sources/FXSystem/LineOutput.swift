import FXCore
import Glibc
import Synchronization

/// Writes lines to a descriptor such as standard output, whole or not at all as far as the reader
/// allows.
///
/// A line of up to 4096 bytes (`PIPE_BUF`) is one write(2), which other writers cannot cut. Where a
/// longer one stops half way, the next begins on a line of its own. A reader that does not read makes
/// a write fail after `patience`; one that has gone makes it fail with `EPIPE`.
package final class LineOutput: Sendable {
  /// How long a full pipe may stay full: a pager that waits for a key must not stop the daemon, and
  /// the outbox keeps what was not written.
  package static let defaultPatience = Duration.seconds(1)

  private let patience: Duration
  private let descriptor: Int32
  private let lineIsOpen = Mutex(false)

  /// Output to a descriptor that stays open.
  ///
  /// From here on the process ignores SIGPIPE, so that a reader that goes away is an error and no
  /// death.
  package init(
    descriptor: Int32 = STDOUT_FILENO, patience: Duration = LineOutput.defaultPatience
  ) {
    signal(SIGPIPE, SIG_IGN)
    self.descriptor = descriptor
    self.patience = patience
  }

  /// Writes bytes that end with a newline; throws the `errno` of what stopped it, `ETIMEDOUT` where
  /// the reader does not read.
  package func write(_ line: [UInt8]) throws(SystemError) {
    let error = lineIsOpen.withLock { lineIsOpen -> SystemError? in
      var rest = (lineIsOpen ? [UInt8(ascii: "\n")] : [])[...] + line
      let length = rest.count
      while !rest.isEmpty {
        do throws(SystemError) {
          rest = rest.dropFirst(try writePart(rest))
        } catch {
          if rest.count < length { lineIsOpen = rest.count < line.count }
          return error
        }
      }
      lineIsOpen = false
      return nil
    }
    if let error { throw error }
  }

  /// Writes what fits at once; gives back how many bytes that were.
  private func writePart(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
    while true {
      var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let ready = poll(&state, 1, Int32(clamping: patience.milliseconds))
      if ready == 0 { throw SystemError(code: ETIMEDOUT) }
      if ready > 0 {
        // A writable pipe has room for PIPE_BUF bytes: this many never block.
        let part = bytes.prefix(Int(PIPE_BUF))
        let count = part.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 { return count }
        if count == 0 { throw SystemError(code: EIO) }
      }
      guard errno == EINTR || errno == EAGAIN else { throw .last }
    }
  }
}
