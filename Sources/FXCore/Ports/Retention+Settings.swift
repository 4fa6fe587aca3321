extension Retention {
  /// Reads the ages of `keep`; what is not written there has its default.
  ///
  /// `reach` is how far back rules look: figures are kept as long in any case.
  package static func read(from section: SettingsSection?, reach: StoredReach) -> Retention {
    var retention = Retention()
    retention.reach = reach
    guard let section else { return retention }
    readEvents(from: section, into: &retention)
    readHistory(from: section, into: &retention)
    section.finish()
    return retention
  }

  private static func readEvents(from section: SettingsSection, into retention: inout Retention) {
    let deliveries = section.duration("deliveries", minimum: shortestAgeOfDeliveries)
    if let alerts = section.duration("alerts", minimum: shortestAgeOfDeliveries) {
      retention.alerts = alerts
      if let deliveries, deliveries > alerts {
        section.problem(
          "deliveries",
          "is longer than 'alerts', but what was sent refers to its alert; increase 'alerts' or"
            + " shorten 'deliveries'")
      }
      retention.deliveries = min(alerts, retention.deliveries)
    }
    if let deliveries {
      retention.deliveries = deliveries
      retention.alerts = max(retention.alerts, deliveries)
    }
  }

  private static func readHistory(from section: SettingsSection, into retention: inout Retention) {
    let day = Duration.seconds(86_400)
    retention.headlines = section.duration("headlines", minimum: day) ?? retention.headlines
    retention.figures = age("figures", in: section)
    // Without their figures, publications are of little use.
    retention.publications =
      section.node("publications") == nil ? retention.figures : age("publications", in: section)
    if let figures = retention.figures, let publications = retention.publications,
      figures > publications
    {
      section.problem(
        "figures",
        "is longer than 'publications', which are deleted with their figures; increase"
          + " 'publications' or shorten 'figures'")
    }
    if retention.figures != nil, retention.reach.lookback.isSinceArmed {
      section.problem(
        "figures",
        "rules look back to when their alerts were armed or fired; figures are kept for ever",
        isWarning: true)
    } else if let kept = retention.figures, kept < retention.reach.lookback.window {
      section.problem(
        "figures",
        "rules look back \(DurationText.text(retention.reach.lookback.window)); figures are kept that long",
        isWarning: true)
    }
  }

  /// Reads an age that may also be `forever`.
  private static func age(_ key: String, in section: SettingsSection) -> Duration? {
    guard let text = section.string(key), text != "forever" else { return nil }
    guard DurationText.parse(text) != nil else {
      section.problem(
        key, "\(text.quoted) is neither a duration such as 5y nor 'forever'")
      return nil
    }
    return section.duration(key, minimum: .seconds(30 * 86_400))
  }
}
