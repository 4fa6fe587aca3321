import FXCommands
import FXCore
import Foundation
import Synchronization

/// The output of commands: results go to standard output, everything else to standard error.
enum Console {
  /// The first error of a write to standard output; a reader that has gone (EPIPE) is none.
  private static let outputError = Mutex<Int32?>(nil)

  /// True once anything was printed to standard output.
  private static let hasPrinted = Mutex(false)

  /// Opens the first three descriptors where the caller has closed them, so that no other file gets
  /// their numbers and with them what is printed.
  ///
  /// They are opened so that a write fails as it does on a closed one.
  static func keepDescriptors() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
    where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Prints a text that is inert already, such as a report, and a newline where it has none.
  static func out(_ text: String) {
    hasPrinted.withLock { $0 = true }
    let code = write(text, to: STDOUT_FILENO)
    guard code != 0, code != EPIPE else { return }
    outputError.withLock { $0 = $0 ?? code }
  }

  /// The exit status of a command that ends with `status`: 1 instead of 0 if its output was lost,
  /// which is then reported.
  static func endingStatus(_ status: Int32) -> Int32 {
    closeOutput()
    guard let code = outputError.withLock({ $0 }) else { return status }
    error("cannot write to standard output: \(String(cString: strerror(code)))")
    return status == 0 ? 1 : status
  }

  /// Closes standard output: only then some file systems report what could not be written.
  private static func closeOutput() {
    guard close(STDOUT_FILENO) != 0, errno != EINTR else { return }
    let code = errno
    outputError.withLock { if $0 == nil, hasPrinted.withLock({ $0 }) { $0 = code } }
  }

  /// Prints sentences, one a line, with visible marks for controls in names and texts from elsewhere.
  ///
  /// Instants are in the local zone.
  static func say(_ text: String) { out(LocalZone.current.shown(inert(text))) }

  /// Prints sentences to standard error, one a line, likewise.
  static func error(_ text: String) { write(inert(text), to: STDERR_FILENO) }

  private static func inert(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { SanitizedText.line($0, limit: longestLine) }.joined(separator: "\n")
  }

  /// The most characters of a line of a sentence.
  private static let longestLine = 10_000

  /// The style of standard output: colour and the width of the window only on a terminal, and no colour
  /// if `NO_COLOR` is set.
  static func style(utc: Bool = false) -> TextStyle {
    TextStyle(
      isTerminal: isatty(STDOUT_FILENO) == 1, environment: ProcessInfo.processInfo.environment,
      zone: utc ? .utc : .current, width: columns)
  }

  /// The columns of the terminal at standard output; nil for none.
  private static var columns: Int? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Writes text; returns the error's number if that failed, else 0.
  @discardableResult
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    guard !text.isEmpty else { return 0 }
    var bytes = Array(text.utf8)[...]
    if bytes.last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        bytes = bytes.dropFirst(count)
      } else if errno != EINTR, errno != EAGAIN {
        return errno
      }
    }
    return 0
  }
}
