import FXCore
import Glibc
import Synchronization

/// Writes lines to a descriptor such as standard output, each as a whole if possible.
///
/// A line of up to 4096 bytes (`PIPE_BUF`) is one atomic write(2). After a longer line that was
/// written in part, the next one starts on a new line. A write fails with `ETIMEDOUT` if the reader
/// does not read within the timeout, and with `EPIPE` if the reader has gone.
package final class LineOutput: Sendable {
  /// The default time to wait for a full pipe: a pager that waits for a key must not stop the daemon,
  /// and the outbox keeps unwritten events.
  package static let defaultTimeout = Duration.seconds(1)

  private let timeout: Duration
  private let descriptor: Int32
  private let lineIsOpen = Mutex(false)

  /// Creates an output to a descriptor that stays open.
  ///
  /// The process ignores SIGPIPE from now on, so that a reader that goes away causes an error instead
  /// of ending the process.
  package init(
    descriptor: Int32 = STDOUT_FILENO, timeout: Duration = LineOutput.defaultTimeout
  ) {
    signal(SIGPIPE, SIG_IGN)
    self.descriptor = descriptor
    self.timeout = timeout
  }

  /// Writes bytes that end with a newline; throws the `errno` of a failure, `ETIMEDOUT` if the reader
  /// does not read.
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

  /// Writes as many bytes as fit without blocking and returns their number.
  private func writePart(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
    while true {
      var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      let ready = poll(&state, 1, Int32(clamping: timeout.milliseconds))
      if ready == 0 { throw SystemError(code: ETIMEDOUT) }
      if ready > 0 {
        // A writable pipe accepts PIPE_BUF bytes without blocking.
        let part = bytes.prefix(Int(PIPE_BUF))
        let count = part.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        if count > 0 { return count }
        if count == 0 { throw SystemError(code: EIO) }
      }
      guard errno == EINTR || errno == EAGAIN else { throw .last }
    }
  }
}
