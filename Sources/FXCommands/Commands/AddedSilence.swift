package import FXCore

/// A silence that a command added.
package struct AddedSilence: Hashable, Sendable {
  package let silence: Silence

  /// A clause with the number of alerts that it covers.
  let coverage: String

  /// The number of waiting deliveries that it made dead letters.
  let droppedCount: Int

  /// The lines for people.
  package var text: String {
    let line =
      "silence \(silence.id) until \(silence.until): "
      + silence.matchers.map(\.description).joined(separator: " ") + "; \(coverage)"
    guard droppedCount > 0 else { return line }
    return line + "\n" + PluralText.text(droppedCount, "delivery", plural: "deliveries")
      + " that waited will not be made; 'fxwatch deliveries replay' makes them all the same"
  }
}
