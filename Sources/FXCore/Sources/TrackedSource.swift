/// One source: when it is polled, and the state of its polls.
struct TrackedSource: Sendable {
  let planned: PlannedSource
  var state: SourceState

  /// True while a fetch of it is under way.
  var isFetching = false

  var name: SourceName { planned.name }
}
