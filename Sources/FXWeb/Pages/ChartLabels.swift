/// The numbers beside the grid of a chart.
enum ChartLabels {
  /// The decimals that tell the lines of the grid apart.
  static func digits(for height: Double) -> Int {
    var digits = 0
    var step = height / 4
    while step < 10, digits < 12 {
      step *= 10
      digits += 1
    }
    return digits
  }

  /// Returns a value with so many decimals.
  static func decimal(_ value: Double, digits: Int) -> String {
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = (value * scale).rounded()
    guard abs(scaled) < 9e17 else { return "\(value)" }
    let whole = Int64(scaled)
    let text = "\(abs(whole))"
    let padded = String(repeating: "0", count: max(0, digits + 1 - text.count)) + text
    let split = padded.index(padded.endIndex, offsetBy: -digits)
    return (whole < 0 ? "−" : "") + padded[..<split] + (digits > 0 ? "." + padded[split...] : "")
  }
}
