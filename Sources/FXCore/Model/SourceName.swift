/// The name of a source as the user wrote it in the config, such as `timesca`.
package struct SourceName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The name, verbatim.
  package let text: String

  /// The source of that name.
  package init(_ text: String) { self.text = text }

  package var description: String { text }

  package static func < (left: SourceName, right: SourceName) -> Bool { left.text < right.text }
}
