/// A key of `fxwatch watch`.
package enum WatchKey: Hashable, Sendable {
  case quit
  /// Scrolls by lines, down if positive.
  case lines(Int)
  /// Scrolls by windows, down if positive.
  case pages(Int)
  case start
  case end

  /// Returns the keys of what a terminal sends; unknown ones are left out.
  package static func keys(_ bytes: [UInt8]) -> [WatchKey] {
    var rest = Substring(String(decoding: bytes, as: UTF8.self))
    var keys: [WatchKey] = []
    while !rest.isEmpty {
      if let (text, key) = sequences.first(where: { rest.hasPrefix($0.text) }) {
        keys.append(key)
        rest = rest.dropFirst(text.count)
      } else if rest.hasPrefix("\u{1B}[") {
        // The last character of a sequence is a letter or ~ (ECMA-48 section 5.4).
        rest = rest.dropFirst(2).drop { !($0.isLetter || $0 == "~") }.dropFirst()
      } else {
        rest = rest.dropFirst()
      }
    }
    return keys
  }

  private static let sequences: [(text: String, key: WatchKey)] = [
    ("q", .quit), ("Q", .quit), ("\u{3}", .quit), ("\u{4}", .quit),
    ("\u{1B}[A", .lines(-1)), ("\u{1B}OA", .lines(-1)), ("k", .lines(-1)),
    ("\u{1B}[B", .lines(1)), ("\u{1B}OB", .lines(1)), ("j", .lines(1)), ("\n", .lines(1)),
    ("\u{1B}[5~", .pages(-1)), ("b", .pages(-1)), ("\u{1B}[6~", .pages(1)), (" ", .pages(1)),
    ("\u{1B}[H", .start), ("g", .start), ("\u{1B}[F", .end), ("G", .end),
  ]
}
