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

  /// The name in the config.
  package var name: SourceName { planned.name }

  /// True if a reading is that of a source with one edition a day, and contains its day.
  func printsFixing(_ reading: SourceReading) -> Bool {
    planned.dating == .fixing && reading.valueDate != nil
  }
}
