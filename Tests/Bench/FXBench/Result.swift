/// One measured row.
struct Result {
  /// The name, such as `pairs-5 latency p50`.
  let name: String
  let goal: Goal
  let value: Double

  /// The unit, such as `ms`.
  let unit: String

  /// The value of the same work done by the plain C library, unless the name states another baseline.
  var baseline: Double?

  /// The value of the same work done by Prometheus and Alertmanager on the same machine.
  var peer: Double?

  /// The value divided by the baseline.
  var ratio: Double? { baseline.flatMap { $0 > 0 ? value / $0 : nil } }

  /// True if the goal is met; nil without a goal or a baseline.
  var isMet: Bool? {
    switch goal {
    case .atMost(let limit): value <= limit
    case .atLeast(let limit): value >= limit
    case .ofBaseline(let part): ratio.map { $0 >= part }
    case .timesBaseline(let times): ratio.map { $0 <= times }
    case .open: nil
    }
  }

  /// The goal as text.
  var goalText: String {
    switch goal {
    case .atMost(let limit): "≤ \(Self.text(limit)) \(unit)"
    case .atLeast(let limit): "≥ \(Self.text(limit)) \(unit)"
    case .ofBaseline(let part): "≥ \(Int((part * 100).rounded())) % of C"
    case .timesBaseline(let times): "≤ \(Self.text(times)) × C"
    case .open: ""
    }
  }

  /// Writes a number with three significant digits.
  static func text(_ number: Double) -> String {
    if number >= 1000 { return String(Int(number.rounded())) }
    let places = number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : 4
    let scale = [1.0, 10, 100, 1000, 10_000][places]
    let rounded = (number * scale).rounded() / scale
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }
}

extension [Double] {
  /// Returns the value below which this share of the values is; 0 if there are none.
  func quantile(_ share: Double) -> Double {
    let sorted = sorted()
    guard !sorted.isEmpty else { return 0 }
    return sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  /// The median.
  var median: Double { quantile(0.5) }
}
