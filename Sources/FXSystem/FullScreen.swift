import CSystemd
import Glibc

/// A terminal that shows a picture of the program's own: without the echo of keys, on a screen apart
/// from what was printed before.
///
/// It uses the control sequences that all current terminals, tmux and screen have (ECMA-48, and
/// xterm's alternate screen), and neither a database of terminals nor a library.
package struct FullScreen: Sendable {
  /// The size of a window in characters.
  package struct Size: Hashable, Sendable {
    package let columns: Int
    package let rows: Int

    /// A size.
    package init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }
  }

  /// The settings of the terminal before.
  private let before: termios

  /// Takes the terminal over; throws where standard input or output is none.
  ///
  /// Ctrl-C still sends its signal. Ctrl-Z does not stop the program, which would leave the terminal as
  /// it is.
  package init() throws(SystemError) {
    var settings = termios()
    guard isatty(STDOUT_FILENO) == 1, tcgetattr(STDIN_FILENO, &settings) == 0 else {
      throw SystemError(code: ENOTTY)
    }
    before = settings
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
    withUnsafeMutableBytes(of: &settings.c_cc) { codes in
      codes[Int(VMIN)] = 0
      codes[Int(VTIME)] = 0
      codes[Int(VSUSP)] = 0
    }
    guard tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) == 0 else { throw .last }
    do throws(SystemError) {
      try Self.write("\u{1B}[?1049h\u{1B}[?25l")
    } catch {
      leave()
      throw error
    }
  }

  /// Gives the terminal back as it was.
  package func leave() {
    try? Self.write("\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l")
    var settings = before
    tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
  }

  /// The size of the window; 80 × 24 where it is unknown.
  package var size: Size {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
    else { return Size(columns: 80, rows: 24) }
    return Size(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }

  /// Draws lines from the top, none of them wider than the window; throws where the terminal has gone.
  package func draw(_ lines: [String]) throws(SystemError) {
    try Self.write(
      "\u{1B}[H" + lines.map { $0 + "\u{1B}[0m\u{1B}[K" }.joined(separator: "\n") + "\u{1B}[J")
  }

  /// Returns the keys that were pressed, as bytes; nil once the terminal has gone.
  package static func keys() -> [UInt8]? {
    var piece = [UInt8](repeating: 0, count: 64)
    let count = read(STDIN_FILENO, &piece, piece.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN ? [] : nil }
    return Array(piece.prefix(count))
  }

  private static func write(_ text: String) throws(SystemError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        var waited = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
        poll(&waited, 1, -1)
      } else if errno != EINTR {
        throw .last
      }
    }
  }
}
