import FXCore

/// The time zone of Berlin, with changes at 01:00 UTC on the last Sundays of March and October.
///
/// Any other zone is unknown.
struct BerlinZones: Zones {
  func offset(ofZone zone: String, at instant: Timestamp) -> Int? {
    guard zone == "Europe/Berlin" else { return nil }
    let year = instant.day.civil.year
    guard let spring = change(year, 3), let autumn = change(year, 10) else { return nil }
    return (spring..<autumn).contains(instant) ? 7200 : 3600
  }

  private func change(_ year: Int, _ month: Int) -> Timestamp? {
    guard let last = CalendarDay(year: year, month: month, day: 31) else { return nil }
    let sunday = last.advanced(by: -(last.weekday % 7))
    return Timestamp(seconds: Int64(sunday.daysSinceEpoch) * 86_400 + 3600)
  }
}
