package import FXCore

/// The course of a series in a few characters: `▁▂▂▅█▇`.
package struct Sparkline {
  private static let bars: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  private let values: [Fraction]

  /// A sparkline of rates, oldest first.
  package init(values: [Fraction]) { self.values = values }

  /// One character per rate; empty for fewer than two.
  package var text: String {
    guard values.count > 1, let low = values.min(), let high = values.max() else { return "" }
    return String(
      values.map {
        Self.bars[$0.level(from: low, to: high, of: Self.bars.count)]
      })
  }
}
