import Foundation

/// A progress line on a terminal; nothing where standard error is no terminal.
struct ProgressLine: Sendable {
  /// The width of a full bar, in characters.
  private static let width = 30

  private let isShown = isatty(STDERR_FILENO) == 1

  /// Draws the line; `share` is in percent.
  func show(_ text: String, share: Int?) {
    guard isShown else { return }
    let bar = share.map { share -> String in
      let full = min(Self.width, max(0, share * Self.width / 100))
      return "[" + String(repeating: "#", count: full)
        + String(repeating: " ", count: Self.width - full) + "] \(share) % "
    }
    write("\r\u{1B}[K" + (bar ?? "") + text)
  }

  /// Removes the line.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
