/// Knows the world's time zones: the port behind calendars and quiet hours.
package protocol Zones: Sendable {
  /// Seconds east of UTC in the IANA zone at that instant; nil when there is no such zone.
  func offset(ofZone zone: String, at instant: Timestamp) -> Int?
}
