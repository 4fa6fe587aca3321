/// The outcome of one call of `EngineStore.prune`.
package struct PruneOutcome: Hashable, Sendable {
  /// The number of rows that were deleted, or relieved of what is no longer kept.
  package var deleted: Int

  /// True if everything was examined.
  package var isComplete: Bool

  /// The outcome of a call.
  package init(deleted: Int, isComplete: Bool) {
    self.deleted = deleted
    self.isComplete = isComplete
  }
}
