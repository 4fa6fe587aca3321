import FXCore

/// A world whose only zone is UTC.
struct GreenwichZones: Zones {
  func offset(ofZone zone: String, at instant: Timestamp) -> Int? { 0 }
}
