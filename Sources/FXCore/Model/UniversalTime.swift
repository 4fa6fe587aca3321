/// The zones of a caller without a zone database: UTC alone.
package struct UniversalTime: Zones {
  /// UTC alone.
  package init() {}

  package func offset(ofZone zone: String, at instant: Timestamp) -> Int? {
    zone == "UTC" ? 0 : nil
  }
}
