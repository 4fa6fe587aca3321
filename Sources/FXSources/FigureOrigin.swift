package import FXCore

/// Where one figure of a reading was found: what `fxwatch poll --explain` shows.
package struct FigureOrigin: Hashable, Sendable {
  /// The figure as understood.
  package let observation: Observation

  /// Where in the body it stands: `line 12`, `rates.USD`.
  package let place: String

  /// What was printed there, by what it was taken for: `base 'USD'`, `rate '53,8359'`.
  package let printed: [Text]

  /// One printed text, verbatim.
  package struct Text: Hashable, Sendable {
    /// What it was taken for: `rate`.
    package let field: String

    package let text: String

    init(_ field: String, _ text: String) {
      self.field = field
      self.text = text
    }
  }
}
