import FXCore
import FXSources

/// The places of the rates of one body.
package struct Explained: Sendable {
  let definition: SourceDefinition
  let origins: [ObservationOrigin]
}
