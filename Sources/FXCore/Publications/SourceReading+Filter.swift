extension SourceReading {
  /// Returns the reading without the lines at the given positions.
  func without(_ positions: Set<Int>) -> SourceReading {
    SourceReading(
      valueDate: valueDate,
      observations: observations.indices.filter { !positions.contains($0) }
        .map { observations[$0] },
      headlines: headlines, setAside: setAside)
  }
}
