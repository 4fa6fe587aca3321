/// The reason why a body cannot be read as its source's rates.
///
/// One sentence; text from the body is quoted in it, shortened and on one line.
package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
  package let message: String

  /// An error with this message.
  package init(_ message: String) { self.message = message }

  package var description: String { message }
}
