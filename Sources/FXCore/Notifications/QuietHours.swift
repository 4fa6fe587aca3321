/// Hours in which notifications are held for some notifiers, and sent in one digest at their end.
package struct QuietHours: Hashable, Sendable {
  /// The name in the config.
  package let name: String

  /// The IANA time zone of the hours.
  package let zone: String

  /// Minutes after local midnight at which it begins, 0 to 1439.
  package let from: Int

  /// Minutes after local midnight at which it ends, 1 to 1440; up to `from` it ends on the next day.
  package let to: Int

  /// ISO days of the week, Monday 1 to Sunday 7, on which it begins.
  package let days: Set<Int>

  /// The severity from which notifications are sent at once; nil for none.
  package let pass: Severity?

  /// The notifiers they apply to; nil for all.
  package let notify: [String]?

  /// Quiet hours.
  package init(
    name: String, zone: String, from: Int, to: Int, days: Set<Int> = Set(1...7),
    pass: Severity? = nil, notify: [String]? = nil
  ) {
    self.name = name
    self.zone = zone
    self.from = from
    self.to = to
    self.days = days
    self.pass = pass
    self.notify = notify
  }

  /// Returns true if notifications of a severity are held for a notifier.
  package func holds(_ severity: Severity, to notifier: String) -> Bool {
    (notify?.contains(notifier) ?? true) && !(pass.map { $0 <= severity } ?? false)
  }

  /// Returns the end of the quiet hours around an instant; nil outside of them.
  ///
  /// Where a local time occurs twice, when clocks are set back, quiet hours begin the first time and
  /// end the second time; a local time that is skipped counts as that much later.
  package func end(around now: Timestamp, in zones: any Zones) -> Timestamp? {
    guard let offset = zones.offset(ofZone: zone, at: now) else { return nil }
    let today = (now + .seconds(offset)).day
    // Two days back for a zone that skips a day.
    return (-2...0).compactMap { back -> Timestamp? in
      let day = today.advanced(by: back)
      guard days.contains(day.weekday) else { return nil }
      let clock = LocalClock(zone: zone, zones: zones)
      let begins = clock.instants(of: day, minute: from).first
      let ends = clock.instants(of: to <= from ? day.advanced(by: 1) : day, minute: to).last
      return begins <= now && now < ends ? ends : nil
    }.max()
  }
}
