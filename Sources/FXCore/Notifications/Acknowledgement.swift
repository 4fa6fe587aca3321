/// Somebody's word that they know of an alert: it sends no reminders; its end is still told.
package struct Acknowledgement: Hashable, Sendable {
  /// Its number in the database, from 1.
  package let id: Int64

  /// The alert's identifier, as receivers see it.
  package let alertID: String

  package let author: String
  package let reason: String
  package let created: Timestamp

  /// The first instant it does not hold any more; nil for as long as the alert fires.
  package let until: Timestamp?

  /// When it was ended before that; nil where it was not.
  package let ended: Timestamp?

  /// An acknowledgement.
  package init(
    id: Int64, alertID: String, author: String, reason: String, created: Timestamp,
    until: Timestamp?, ended: Timestamp? = nil
  ) {
    self.id = id
    self.alertID = alertID
    self.author = author
    self.reason = reason
    self.created = created
    self.until = until
    self.ended = ended
  }

  /// Whether it holds at that instant.
  package func isActive(at now: Timestamp) -> Bool {
    ended == nil && (until.map { now < $0 } ?? true)
  }
}

/// Who wants alerts silenced or acknowledged, and why: what both must say.
package struct Attribution: Hashable, Sendable {
  /// The most characters of either: a line of a terminal, and a paragraph.
  package static let longestAuthor = 80
  package static let longestReason = 500

  package let author: String
  package let reason: String

  /// An author and a reason; neither may be empty, and both are kept as one line of plain text.
  package init(author: String, reason: String) throws(SilenceProblem) {
    func line(_ text: String, _ name: String, limit: Int) throws(SilenceProblem) -> String {
      let line = SanitizedText.line(text)
      guard line.contains(where: { !$0.isWhitespace }) else {
        throw SilenceProblem("the \(name) is empty; say it, for whoever wonders later")
      }
      guard line.count <= limit else {
        throw SilenceProblem("the \(name) is too long; the longest is \(limit) characters")
      }
      return line
    }
    self.author = try line(author, "author", limit: Self.longestAuthor)
    self.reason = try line(reason, "reason", limit: Self.longestReason)
  }
}
