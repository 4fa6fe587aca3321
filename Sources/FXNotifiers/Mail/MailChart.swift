import FXCore

/// A small chart of a series' latest rates in a mail: characters in plain text, bars in HTML.
///
/// Needs no picture, which mail programs do not load by themselves.
struct MailChart {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// The height of the highest bar in pixels.
  private static let height = 32

  private let values: [Fraction]
  private let first: String
  private let last: String

  /// A chart of the rates that an event has as `recent`, oldest first; nil for fewer than two.
  init?(of notification: Notification) {
    let texts = notification.data[ChartedNotifier.key]?.elements?.compactMap(\.text) ?? []
    values = texts.compactMap { ExactDecimal($0[...]).map { Fraction($0) } }
    guard values.count == texts.count, values.count > 1, let first = texts.first,
      let last = texts.last
    else { return nil }
    self.first = first
    self.last = last
  }

  /// One character for each rate, between the first and the last one.
  var text: String {
    "\(first) \(String(levels(of: Self.bars.count).map { Self.bars[$0] })) \(last)"
  }

  /// A table of one row, whose cells have a bar for each rate.
  var html: [String] {
    var lines = [
      "<table cellspacing=\"1\" cellpadding=\"0\" role=\"img\" aria-label=\"The last \(values.count)"
        + " rates, from \(HTMLEscape.text(first)) to \(HTMLEscape.text(last))\"><tr>"
    ]
    for level in levels(of: Self.height) {
      lines.append(
        "<td valign=\"bottom\"><div style=\"width: 6px; height: \(level + 2)px;"
          + " background: #4878a8\"></div></td>")
    }
    return lines + ["</tr></table>"]
  }

  private func levels(of count: Int) -> [Int] {
    let (low, high) = (values.min() ?? .zero, values.max() ?? .zero)
    return values.map { $0.level(from: low, to: high, of: count) }
  }
}
