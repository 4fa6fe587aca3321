/// The offsets of time zones: the port used by calendars, quiet hours and conditions.
package protocol Zones: Sendable {
  /// The IANA names of the zones, for messages.
  var names: [String] { get }

  /// Returns the seconds east of UTC in the IANA zone at that instant; nil for an unknown zone.
  func offset(ofZone zone: String, at instant: Timestamp) -> Int?
}

extension Zones {
  package var names: [String] { [] }
}
