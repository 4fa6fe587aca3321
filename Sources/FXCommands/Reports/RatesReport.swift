package import FXCore
package import FXDaemon
import FXSources

extension Report {
  /// Lists the latest rate of every series with its last change, its age and its state.
  package static func rates(
    _ rates: [LatestRate], recent: [Series: [Rate]] = [:], setup: Setup?, now: Timestamp
  ) -> Report {
    let lines = rates.filter(\.isListed).map { Line($0, setup: setup, now: now) }
    return Report(
      columns: [
        Column(name: "source"), Column(name: "pair"), Column(name: "side"),
        Column(name: "rate", isRight: true), Column(name: "change", isRight: true),
        Column(name: "course"),
        Column(name: "value date"), Column(name: "age", isRight: true),
        Column(name: "seen", isRight: true),
        Column(name: "state"),
      ],
      rows: lines.map { line in
        [
          line.rate.series.source.text, line.rate.series.pair.description,
          line.rate.series.side.rawValue, line.rate.point.rate.perUnitText,
          line.change.map { $0 + " %" } ?? "",
          Sparkline(values: recent[line.rate.series]?.map(\.perUnit) ?? []).text,
          line.rate.point.valueDate?.description ?? "",
          Self.age(line.age), Self.age(line.sinceChecked), line.state,
        ]
      },
      json: .array(lines.map(\.json)),
      ifEmpty: "no rates yet: no publication is stored; start fxwatch run")
  }

  /// Returns `45s`, `12m`, `3h 20m`, `4d 2h`: two units at most.
  static func age(_ duration: Duration) -> String {
    let seconds = max(0, duration.components.seconds)
    switch seconds {
    case ..<60: return "\(seconds)s"
    case ..<3600: return "\(seconds / 60)m"
    case ..<86_400: return "\(seconds / 3600)h \(seconds % 3600 / 60)m"
    default: return "\(seconds / 86_400)d \(seconds % 86_400 / 3600)h"
    }
  }

  private struct Line {
    /// The time after which a source that was not asked when it was due is late.
    private static let grace: Duration = .seconds(600)

    let rate: LatestRate
    let change: String?
    let age: Duration
    let sinceChecked: Duration
    let state: String
    let json: JSONValue

    init(_ rate: LatestRate, setup: Setup?, now: Timestamp) {
      self.rate = rate
      let definition = setup?.sources.first { $0.name == rate.series.source }
      let previous =
        definition?.dating == .fixing ? rate.previousDay ?? rate.previous : rate.previous
      change = previous.flatMap { previous in
        rate.point.rate.perUnit.divided(by: previous.rate.perUnit, rounding: .toNearest)?
          .subtracting(.one, rounding: .toNearest)?
          .multiplied(by: Fraction(100), rounding: .toNearest)?.text(places: 2, .toNearest)
      }
      age = now - rate.point.firstSeen
      sinceChecked = now - rate.lastSeen
      state =
        if setup != nil, definition == nil {
          "not in the config"
        } else if let failure = rate.source.lastFailure {
          "failing: \(failure)"
        } else if let suspicion = rate.suspicion {
          "suspect: \(suspicion.reason)"
        } else if rate.source.staleSince != nil {
          "stale"
        } else if let due = rate.source.due, now - due > Self.grace {
          // The daemon asks when it is due.
          "late: not asked since \(rate.lastSeen)"
        } else {
          "ok"
        }
      let members: [JSONValue.Member] = [
        .init("source", .string(rate.series.source.text)),
        .init("pair", .string(rate.series.pair.description)),
        .init("side", .string(rate.series.side.rawValue)),
        .init("rate", .string(rate.point.rate.perUnitText)),
        .init("printed", .string(rate.point.rate.printed.description)),
        .init("nominal", .integer(rate.point.rate.nominal)),
        .init("tick", .string(rate.point.rate.tick(scale: rate.scale).plainText)),
        .init("change", .optional(change)),
        .init("published_change", .optional(rate.publishedChange)),
        .init("value_date", .optional(rate.point.valueDate?.description)),
        .init("first_seen", .string(rate.point.firstSeen.description)),
        .init("last_seen", .string(rate.lastSeen.description)),
        .init("due", .optional(rate.source.due?.description)),
        .init("state", .string(state)),
      ]
      json = .object(members + (rate.suspicion?.members ?? []))
    }
  }
}
