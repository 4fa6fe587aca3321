import FXCore

/// Zones with rules of their own: `Test/Plus5` is five hours ahead; `Test/Summer` is one hour ahead
/// until 2026-03-29T01:00:00Z, then two, and one again from 2026-10-25T01:00:00Z, as in Berlin.
struct TestZones: Zones {
  func offset(ofZone zone: String, at instant: Timestamp) -> Int? {
    switch zone {
    case "UTC": 0
    case "Test/Plus5": 5 * 3600
    case "Test/Summer":
      (1_774_746_000..<1_792_890_000).contains(instant.milliseconds / 1000) ? 7200 : 3600
    default: nil
    }
  }
}
