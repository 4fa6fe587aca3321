/// The name of a source in the config, such as `timesca`.
package struct SourceName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name, verbatim.
  package let text: String

  /// Creates a name.
  package init(_ text: String) { self.text = text }

  package var description: String { text }

  package static func < (left: SourceName, right: SourceName) -> Bool { left.text < right.text }
}
