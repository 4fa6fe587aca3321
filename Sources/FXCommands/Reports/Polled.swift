import FXCore
import FXSources

/// The publication that a source prints now.
package struct Polled: Sendable {
  let definition: SourceDefinition
  let reading: SourceReading
  let fetchedAt: Timestamp

  /// The rows that were set aside and what was assumed, one line each.
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
    let setAside = SetAsideNotes.lines(
      reading.setAside + retired.sorted().map { SetAsideRow(retired: $0) }, of: definition.name)
    let assumed = reading.valueDate == nil ? nil : definition.assumedDating
    let unit = definition.assumedUnit(of: self.reading.observations)
    notes = setAside + [assumed, unit].compactMap(\.self)
  }
}
