package import FXCore
import Foundation

/// The world's time zones as Foundation knows them; its data come with fxwatch's own libraries, so
/// that a machine without tzdata has them too.
package struct SystemZones: Zones {
  /// The world's time zones.
  package init() {}

  package func offset(ofZone zone: String, at instant: Timestamp) -> Int? {
    // Foundation also takes abbreviations such as `EST`, which mean no place: IANA names only.
    guard zone == "UTC" || zone.contains("/"), let zone = TimeZone(identifier: zone) else {
      return nil
    }
    return zone.secondsFromGMT(
      for: Date(timeIntervalSince1970: Double(instant.milliseconds) / 1000))
  }
}
