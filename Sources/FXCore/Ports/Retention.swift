/// The ages up to which stored data is kept.
package struct Retention: Hashable, Sendable {
  /// The shortest age of deliveries: dead letters can be replayed for as long.
  package static let shortestAgeOfDeliveries: Duration = .seconds(30 * 86_400)

  /// Alerts that have ended, from their end.
  package var alerts: Duration

  /// Events and their deliveries, from the last attempt.
  package var deliveries: Duration

  /// The headlines of publications.
  package var headlines: Duration

  /// Figures; nil for ever.
  package var figures: Duration?

  /// Publications, with all their figures; nil for ever.
  package var publications: Duration?

  /// The history that rules look back on, which is kept in any case.
  package var reach = StoredReach.none

  /// The ages that apply where the config has none.
  package init(
    alerts: Duration = .seconds(400 * 86_400), deliveries: Duration = .seconds(400 * 86_400),
    headlines: Duration = .seconds(30 * 86_400), figures: Duration? = nil,
    publications: Duration? = nil
  ) {
    self.alerts = alerts
    self.deliveries = deliveries
    self.headlines = headlines
    self.figures = figures
    self.publications = publications
  }

  /// Returns the instant before which events are deleted.
  package func endOfDeliveries(at now: Timestamp) -> Timestamp { now - deliveries }

  /// Returns the instant before which alerts are deleted; an alert is kept as long as its events.
  package func endOfAlerts(at now: Timestamp) -> Timestamp { now - max(alerts, deliveries) }

  /// Returns the instant before which figures are deleted; nil if they are kept for ever, as where a window
  /// begins when an alert was armed.
  package func endOfFigures(at now: Timestamp) -> Timestamp? {
    guard !reach.lookback.isSinceArmed else { return nil }
    return [figures, publications].compactMap(\.self).min().map {
      min(now - $0, reach.lookback.start(from: now))
    }
  }

  /// Returns the instant before which publications without figures are deleted; nil if they are kept
  /// for ever, likewise.
  package func endOfPublications(at now: Timestamp) -> Timestamp? {
    guard !reach.lookback.isSinceArmed else { return nil }
    return publications.map { min(now - $0, reach.lookback.start(from: now)) }
  }
}
