/// One source: when it is polled, the state of its polls, and its transfer.
package struct TrackedSource: Sendable {
  package let planned: PlannedSource
  package var state: SourceState

  /// The transfer of the current poll, or the wait for it.
  var transfer = SourceTransfer()

  /// True if it prints more pairs than it may have series, which was reported.
  var exceedsSeries = false

  /// The subjects of rows that were set aside and reported, the newest last.
  var setAside: [String] = []

  /// Its editions of the last day.
  var editions = RecentEditions()

  /// Absorbs the committed state of its polls; `endsFetch` is true if a transfer has ended.
  ///
  /// One access to the source instead of several, because each copies it out of its table.
  mutating func absorb(_ state: SourceState, endsFetch: Bool) {
    self.state = state
    if endsFetch { endFetch() }
  }

  /// Ends the transfer of the current poll.
  mutating func endFetch() {
    transfer.end(
      at: state.lastAttempt, isSuccess: state.lastSuccess == state.lastAttempt)
  }

  /// The name in the config.
  package var name: SourceName { planned.name }

  /// True if a reading is that of a source with one edition a day, and contains its day.
  func printsFixing(_ reading: SourceReading) -> Bool {
    planned.dating == .fixing && reading.valueDate != nil
  }
}
