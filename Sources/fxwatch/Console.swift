import FXCommands
import Foundation

/// The output of commands: results go to standard output, everything else to standard error.
enum Console {
  /// Prints text, and a newline where it has none.
  static func out(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Prints a sentence to standard error.
  static func error(_ text: String) { write(text, to: STDERR_FILENO) }

  /// The style of standard output: colour only on a terminal, and not if `NO_COLOR` is set.
  static var style: TextStyle {
    TextStyle(
      isTerminal: isatty(STDOUT_FILENO) == 1, environment: ProcessInfo.processInfo.environment)
  }

  private static func write(_ text: String, to descriptor: Int32) {
    guard !text.isEmpty else { return }
    var bytes = Array(text.utf8)[...]
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR, errno != EAGAIN {
        return
      }
    }
  }
}
