import Foundation

/// One line on a terminal that says how far something is; nothing where standard error is none.
struct ProgressLine: Sendable {
  /// How wide a full bar is, in characters.
  private static let width = 30

  private let isShown = isatty(STDERR_FILENO) == 1

  /// Draws the line anew; `share` is in percent.
  func show(_ text: String, share: Int?) {
    guard isShown else { return }
    let bar = share.map { share -> String in
      let full = min(Self.width, max(0, share * Self.width / 100))
      return "[" + String(repeating: "#", count: full)
        + String(repeating: " ", count: Self.width - full) + "] \(share) % "
    }
    write("\r\u{1B}[K" + (bar ?? "") + text)
  }

  /// Takes the line away.
  func clear() {
    if isShown { write("\r\u{1B}[K") }
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
