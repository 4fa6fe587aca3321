/// What a row of the table promises.
enum Goal {
  /// The figure is at most so much.
  case atMost(Double)
  /// The figure is at least so much.
  case atLeast(Double)
  /// The figure is at least such a part of the baseline.
  case ofBaseline(Double)
  /// The figure is at most so many times the baseline.
  case timesBaseline(Double)
  /// Nothing is promised: the figure shows how cost grows.
  case open
}

/// One measured row.
struct Result {
  /// Such as `pairs-5 latency p50`.
  let name: String
  let goal: Goal
  let figure: Double

  /// Such as `ms`.
  let unit: String

  /// The same work done by the bare library in C, or as the row says, in the same run.
  var baseline: Double?

  /// The same work done by Prometheus and Alertmanager on the same machine.
  var peer: Double?

  /// The figure over the baseline.
  var ratio: Double? { baseline.flatMap { $0 > 0 ? figure / $0 : nil } }

  /// Whether the goal is met; nil where it cannot be said.
  var isMet: Bool? {
    switch goal {
    case .atMost(let limit): figure <= limit
    case .atLeast(let limit): figure >= limit
    case .ofBaseline(let part): ratio.map { $0 >= part }
    case .timesBaseline(let times): ratio.map { $0 <= times }
    case .open: nil
    }
  }

  /// The goal in words.
  var goalText: String {
    switch goal {
    case .atMost(let limit): "≤ \(Self.text(limit)) \(unit)"
    case .atLeast(let limit): "≥ \(Self.text(limit)) \(unit)"
    case .ofBaseline(let part): "≥ \(Int((part * 100).rounded())) % of C"
    case .timesBaseline(let times): "≤ \(Self.text(times)) × C"
    case .open: ""
    }
  }

  /// Three digits that matter.
  static func text(_ number: Double) -> String {
    if number >= 1000 { return String(Int(number.rounded())) }
    let places = number >= 100 ? 0 : number >= 10 ? 1 : number >= 1 ? 2 : 4
    let scale = [1.0, 10, 100, 1000, 10_000][places]
    let rounded = (number * scale).rounded() / scale
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }
}

extension [Double] {
  /// The value below which such a share of the values lies; 0 where there are none.
  func quantile(_ share: Double) -> Double {
    let sorted = sorted()
    guard !sorted.isEmpty else { return 0 }
    return sorted[Swift.min(sorted.count - 1, Int(Double(sorted.count) * share))]
  }

  /// The middle value.
  var median: Double { quantile(0.5) }
}

/// A row that could not be measured.
struct BenchFailure: Error, CustomStringConvertible {
  let description: String

  /// A failure in these words.
  init(_ description: String) { self.description = description }
}
