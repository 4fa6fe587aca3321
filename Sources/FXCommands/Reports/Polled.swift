import FXCore
import FXSources

/// The publication that a source prints now.
package struct Polled: Sendable {
  let definition: SourceDefinition
  let reading: SourceReading
  let fetchedAt: Timestamp

  /// A reading, without the withdrawn currencies that the daemon leaves out too.
  init(definition: SourceDefinition, reading: SourceReading, fetchedAt: Timestamp) {
    self.definition = definition
    self.reading = reading.withoutRetired(on: reading.valueDate ?? fetchedAt.day)
    self.fetchedAt = fetchedAt
  }
}
