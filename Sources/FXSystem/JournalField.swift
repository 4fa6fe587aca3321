/// One field of a journal entry.
package struct JournalField: Hashable, Sendable {
  /// The name: upper-case letters, digits and underscores; see `Journal.isValidName`.
  package let name: String

  /// The value; may have several lines.
  package let value: String

  /// Creates a field.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}
