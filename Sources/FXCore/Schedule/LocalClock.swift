/// The clock of a time zone: converts local times to instants.
struct LocalClock {
  /// The IANA name of the zone; an unknown zone counts as UTC.
  let zone: String

  let zones: any Zones

  /// Returns the instant of a local time; `minute` counts from local midnight.
  ///
  /// May be off by the change within an hour of a change of clocks. Cost: two look-ups of the offset.
  func instant(of day: CalendarDay, minute: Int) -> Timestamp {
    let local = localTime(of: day, minute: minute)
    let guess = zones.offset(ofZone: zone, at: local) ?? 0
    return local - .seconds(zones.offset(ofZone: zone, at: local - .seconds(guess)) ?? 0)
  }

  /// Returns the first and the last instant of a local time.
  ///
  /// They are equal unless clocks are set back. A time that is skipped when clocks are set forward
  /// counts as later by the change. Cost: four look-ups of the offset.
  func instants(of day: CalendarDay, minute: Int) -> (first: Timestamp, last: Timestamp) {
    let local = localTime(of: day, minute: minute)
    // No zone sets its clocks twice within two days, so one of the two offsets is right.
    let offsets = [-1, 1].map { side in
      Duration.seconds(zones.offset(ofZone: zone, at: local + .seconds(side * 86_400)) ?? 0)
    }
    let right = offsets.filter { offset in
      zones.offset(ofZone: zone, at: local - offset).map { .seconds($0) == offset } ?? true
    }
    let instants = right.isEmpty ? [local - offsets[0]] : right.map { local - $0 }
    return (instants.min() ?? local, instants.max() ?? local)
  }

  /// Returns the local time as if it were in UTC.
  private func localTime(of day: CalendarDay, minute: Int) -> Timestamp {
    day.start + .seconds(minute * 60)
  }
}
