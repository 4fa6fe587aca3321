package import FXCore
package import FXSources

extension SourceDefinition {
  /// The source as the engine plans it.
  package var planned: PlannedSource {
    PlannedSource(
      name: name, schedule: schedule, dating: dating, host: host,
      server: server, declaredScale: declaredScale, scales: scales, changeScale: changeScale,
      maximumSeries: maximumSeries)
  }
}
