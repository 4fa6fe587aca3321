import FXCore
import FXSources

/// The places of the rates of one body.
package struct Explained: Sendable {
  let definition: SourceDefinition

  /// The rows that were set aside, one line each.
  package let notes: [String]

  let origins: [ObservationOrigin]
}
