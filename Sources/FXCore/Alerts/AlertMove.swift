/// The move between two printed rates, as it is sent.
struct AlertMove {
  let from: SeriesPoint
  let fromText: String
  let percent: String
  let low: String
  let high: String
  let absolute: String
  let ticks: String

  /// The move between two points of a series; nil where there is no earlier one.
  ///
  /// `scale` is the finest scale that the series is known to print, and `tick` the step of the current
  /// rate.
  init?(from: SeriesPoint?, to current: SeriesPoint, scale: Int, tick: Fraction) {
    func range(of point: SeriesPoint) -> RateRange {
      RateRange(point.rate, scale: max(scale, point.rate.printed.scale))
    }
    guard let from,
      let move = range(of: current).relativeMove(from: range(of: from)),
      let delta = current.rate.perUnit.subtracting(from.rate.perUnit, rounding: .toNearest)
    else { return nil }
    func inPercent(_ share: Fraction, _ rounding: Fraction.Rounding) -> String? {
      share.multiplied(by: Fraction(100), rounding: rounding)?.text(places: 2, rounding)
    }
    guard let percent = inPercent(move.printed, .toNearest),
      let low = inPercent(move.low, .down), let high = inPercent(move.high, .up),
      let ticks = delta.divided(by: tick, rounding: .toNearest)
    else { return nil }
    self.from = from
    fromText = from.rate.perUnitText
    self.percent = percent
    self.low = low
    self.high = high
    absolute = delta.plainText
    self.ticks = ticks.text(places: 0, .toNearest)
  }

  /// Writes the earlier rate and the change.
  func write(to data: inout JSONObjectWriter) {
    data.write("previous") { data in
      data.write("rate", plain: fromText)
      data.write("value_date", plain: from.valueDate?.description)
      data.write("observed_at", plain: from.firstSeen.description)
    }
    data.write("change") { data in
      data.write("percent", plain: percent)
      data.write("low", plain: low)
      data.write("high", plain: high)
      data.write("absolute", plain: absolute)
      data.write("ticks", .number(ticks))
    }
  }

  /// Writes that there is no earlier rate.
  static func writeNone(to data: inout JSONObjectWriter) {
    data.write("previous", .null)
    data.write("change", .null)
  }

  /// The percentage with its sign: `+15.22 %`.
  var signedPercent: String { (percent.hasPrefix("-") ? "" : "+") + percent + " %" }
}
