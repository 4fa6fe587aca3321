/// The move between two printed rates, as it is sent.
struct AlertMove {
  let from: SeriesPoint
  let fromText: String
  let percent: String

  /// True if the same rate was printed again.
  let isUnchanged: Bool
  let low: String
  let high: String
  let absolute: String
  let ticks: String

  /// The move that an alert is about; nil where there is no earlier point.
  ///
  /// `tick` is the step of the current rate.
  init?(_ subject: AlertPayload.Subject, tick: Fraction) {
    guard let anchor = subject.anchor else { return nil }
    self.init(
      to: subject.current, subject.scale, from: anchor, subject.anchorScale, tick: tick)
  }

  /// The move between two points, each with the finest scale of its nominal.
  init?(
    to current: SeriesPoint, _ scale: Int, from: SeriesPoint, _ fromScale: Int, tick: Fraction
  ) {
    func range(of point: SeriesPoint, _ scale: Int) -> RateRange {
      RateRange(point.rate, scale: max(scale, point.rate.printed.scale))
    }
    guard
      let move = range(of: current, scale).relativeMove(from: range(of: from, fromScale)),
      let delta = current.rate.perUnit.subtracting(from.rate.perUnit, rounding: .toNearest)
    else { return nil }
    func inPercent(_ share: Fraction, _ rounding: Fraction.Rounding) -> String? {
      share.multiplied(by: Fraction(100), rounding: rounding)?.text(places: 2, rounding)
    }
    guard let rounded = inPercent(move.printed, .toNearest),
      let low = inPercent(move.low, .down), let high = inPercent(move.high, .up),
      let ticks = delta.divided(by: tick, rounding: .toNearest)
    else { return nil }
    self.from = from
    fromText = from.rate.perUnitText
    // A small fall is "-0.00".
    let isUnsigned = move.printed.isNegative && !rounded.hasPrefix("-")
    percent = isUnsigned ? "-" + rounded : rounded
    isUnchanged = move.printed.isZero
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

  /// The percentage with its sign: `+15.22 %`, or `unchanged`.
  var signedPercent: String {
    isUnchanged ? "unchanged" : (percent.hasPrefix("-") ? "" : "+") + percent + " %"
  }
}
