package import FXCore

/// The location in a body from which an observation was read; `fxwatch poll --explain` prints it.
package struct ObservationOrigin: Hashable, Sendable {
  /// The observation as read.
  package let observation: Observation

  /// The location in the body: `line 12`, `rates.USD`.
  package let place: String

  /// The texts at that location, by field: `base 'USD'`, `rate '53,8359'`.
  package let printed: [Text]

  /// The most characters of a text.
  static let longestText = 500

  /// One text, verbatim.
  package struct Text: Hashable, Sendable {
    /// The field it was read as: `rate`.
    package let field: String

    package let text: String

    init(_ field: String, _ text: String) {
      self.field = field
      self.text = text
    }
  }
}
