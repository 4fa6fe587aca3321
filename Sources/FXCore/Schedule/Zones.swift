/// The offsets of time zones: the port used by calendars and quiet hours.
package protocol Zones: Sendable {
  /// Returns the seconds east of UTC in the IANA zone at that instant; nil for an unknown zone.
  func offset(ofZone zone: String, at instant: Timestamp) -> Int?
}
