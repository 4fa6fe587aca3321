/// A named expression of the config: `let: {margin: "ask - bid"}`.
package struct Definition: Sendable {
  package let name: String

  /// The expression as the user wrote it.
  package let text: String

  /// The parsed expression; nil for one with an error, which was reported at the definition.
  let syntax: Syntax?
}

extension Definition: Hashable {
  package static func == (left: Definition, right: Definition) -> Bool {
    left.name == right.name && left.text == right.text
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

extension Definition: CustomStringConvertible {
  /// The definition as in a list: `margin = ask - bid`.
  package var description: String { "\(name) = \(text)" }
}
