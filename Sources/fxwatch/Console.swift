import Foundation

/// Where commands print: results to standard output, everything else to standard error.
enum Console {
  /// Prints text as it is, and a newline where it lacks one.
  static func out(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Prints a sentence to standard error.
  static func error(_ text: String) { write(text, to: STDERR_FILENO) }

  /// Whether standard output is a terminal that wants colour and progress.
  static var isColourful: Bool {
    isatty(STDOUT_FILENO) == 1
      && ProcessInfo.processInfo.environment["NO_COLOR", default: ""].isEmpty
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
