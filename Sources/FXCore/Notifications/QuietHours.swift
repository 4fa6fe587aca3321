/// Hours in which notifiers are left alone: what would be told is held, and told in one digest at
/// their end.
package struct QuietHours: Hashable, Sendable {
  /// Its name in the config.
  package let name: String

  /// The IANA zone its hours are read in.
  package let zone: String

  /// Minutes after local midnight at which it begins, 0 to 1439.
  package let from: Int

  /// Minutes after local midnight at which it ends, 1 to 1440; up to `from` it ends on the next day.
  package let to: Int

  /// ISO days of the week, Monday 1 to Sunday 7, on which it begins.
  package let days: Set<Int>

  /// What is told all the same: this severity and those above; nil for nothing.
  package let pass: Severity?

  /// Whom it leaves alone; nil for every notifier.
  package let notify: [String]?

  /// Hours in which notifiers are left alone.
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

  /// Whether it holds what is of that severity and for that notifier.
  package func holds(_ severity: Severity, to notifier: String) -> Bool {
    (notify?.contains(notifier) ?? true) && !(pass.map { $0 <= severity } ?? false)
  }

  /// When the quiet around an instant ends; nil where it is not quiet then.
  ///
  /// A local time that comes twice, when clocks are set back, begins quiet the first time and ends
  /// it the second time; one that is left out counts as so much later.
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
