import FXCore
import FXSources

/// The publication that a source prints now.
package struct Polled: Sendable {
  let definition: SourceDefinition
  let reading: SourceReading
  let fetchedAt: Timestamp

  /// The rows that were set aside, one line each.
  package let notes: [String]

  /// A reading, without the withdrawn currencies that the daemon leaves out too; throws if it has no
  /// others.
  init(
    definition: SourceDefinition, reading: SourceReading, fetchedAt: Timestamp
  ) throws(ParseError) {
    let day = reading.valueDate ?? fetchedAt.day
    if let reason = reading.onlyRetired(on: day) { throw ParseError(reason) }
    self.definition = definition
    self.reading = reading.withoutRetired(on: day)
    self.fetchedAt = fetchedAt
    let retired = Set(
      reading.observations.compactMap { RetiredCurrencies.retired(of: $0.pair, on: day) })
    notes = SetAsideNotes.lines(
      reading.setAside + retired.sorted().map { SetAsideRow(retired: $0) }, of: definition.name)
  }
}
