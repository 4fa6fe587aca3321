/// One source: when it is polled, and the state of its polls.
package struct TrackedSource: Sendable {
  package let planned: PlannedSource
  package var state: SourceState

  /// True while a fetch of it is under way.
  package var isFetching = false

  /// The name in the config.
  package var name: SourceName { planned.name }
}
