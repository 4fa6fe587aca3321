/// An error that the server reports, or the loss of the connection.
struct ServerError: Error {
  /// The SQLSTATE; nil where there is no connection any more.
  let code: String?

  /// The server's or the library's text, which can contain stored values.
  let text: String

  /// True where nothing is known of what was sent: it may have been committed.
  var isLoss: Bool { code == nil }

  /// The lease is another replica's, or its commit is another one (`fence`).
  static let fenced = "FX001"

  /// A row is already stored with other content (`refuse`).
  static let duplicate = "FX002"

  /// The text about a primary that was replaced and has returned.
  static let replaced = "an earlier primary"

  /// The error of a server that does not answer in time.
  static func silence(for duration: Duration) -> ServerError {
    ServerError(code: nil, text: "no answer within \(duration.components.seconds) s")
  }
}
