package import FXCore
import Foundation

/// The time zones of Foundation, whose data is part of the program, so that machines without tzdata
/// have them too.
package struct SystemZones: Zones {
  /// Creates the time zones.
  package init() {}

  package var names: [String] { TimeZone.knownTimeZoneIdentifiers }

  package func offset(ofZone zone: String, at instant: Timestamp) -> Int? {
    // Foundation also accepts abbreviations such as `EST`; only IANA names are valid here.
    guard zone == "UTC" || zone.contains("/"), let zone = TimeZone(identifier: zone) else {
      return nil
    }
    return zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
  }
}
