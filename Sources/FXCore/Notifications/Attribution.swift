/// The author and the reason of a silence or an acknowledgement, both mandatory.
package struct Attribution: Hashable, Sendable {
  /// The largest number of characters: a line of a terminal, and a paragraph.
  package static let longestAuthor = 80
  package static let longestReason = 500

  package let author: String
  package let reason: String

  /// An author and a reason; both are stored as one line of plain text, and neither may be empty.
  package init(author: String, reason: String) throws(SilenceProblem) {
    func line(_ text: String, _ name: String, limit: Int) throws(SilenceProblem) -> String {
      let line = SanitizedText.line(text)
      guard line.contains(where: { !$0.isWhitespace }) else {
        throw SilenceProblem("the \(name) is empty; it is required")
      }
      guard line.count <= limit else {
        throw SilenceProblem("the \(name) is too long; the maximum is \(limit) characters")
      }
      return line
    }
    self.author = try line(author, "author", limit: Self.longestAuthor)
    self.reason = try line(reason, "reason", limit: Self.longestReason)
  }
}
