/// The reason why a body cannot be read as its source's rates.
///
/// One sentence; text from the body is quoted in it, shortened and on one line.
package struct ParseError: Error, Hashable, Sendable, CustomStringConvertible {
  package let message: String

  /// The printed name that is not that of a currency; nil for any other error.
  let unknownName: String?

  /// An error with this message.
  package init(_ message: String) {
    self.message = message
    unknownName = nil
  }

  /// An error about a row whose currency is unknown.
  init(_ message: String, unknownName: String) {
    self.message = message
    self.unknownName = unknownName
  }

  package var description: String { message }
}
