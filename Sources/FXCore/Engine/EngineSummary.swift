/// How things stand, in a line.
///
/// Each source counts once.
package struct EngineSummary: Hashable, Sendable {
  /// Sources whose last attempt could be read, and that print as their schedule says.
  package let sourcesOK: Int

  /// Sources that answer, but have published nothing for longer than their schedule allows.
  package let sourcesLate: Int

  /// Sources never read yet, or whose last attempt failed.
  package let sourcesFailing: Int

  /// Alerts that fire.
  package let firing: Int

  /// Deliveries that are open.
  package let waiting: Int
}

extension EngineSummary: CustomStringConvertible {
  /// Reads `3 sources ok, 1 late, 0 failing; 2 alerts firing; 0 deliveries waiting`.
  package var description: String {
    "\(PluralText.text(sourcesOK, "source")) ok, \(sourcesLate) late, \(sourcesFailing) failing; "
      + "\(PluralText.text(firing, "alert")) firing; "
      + "\(PluralText.text(waiting, "delivery", plural: "deliveries")) waiting"
  }
}

extension Engine {
  /// How many figures are remembered of all series: what memory grows with.
  ///
  /// Cost: linear in the series.
  package var rememberedFigures: Int {
    sources.values.reduce(0) { $0 + $1.series.all.reduce(0) { $0 + $1.points.count } }
  }

  /// How things stand.
  ///
  /// Cost: linear in the series and in what fires; for the status line, not for every event.
  package func summary(at now: Timestamp) -> EngineSummary {
    var firing = 0
    for source in sources.values {
      for series in source.series.all {
        firing += series.watches.alerts.values.count { $0.firing != nil }
      }
    }
    let states = sources.values.map(\.state)
    let failing = states.count { $0.lastSuccess == nil || $0.failures > 0 }
    let late = states.count { $0.lastSuccess != nil && $0.failures == 0 && $0.staleSince != nil }
    return EngineSummary(
      sourcesOK: states.count - failing - late, sourcesLate: late, sourcesFailing: failing,
      firing: firing, waiting: outboxes.values.reduce(0) { $0 + $1.count })
  }
}
