import FXServer

/// One method of one resource.
struct Route: Sendable {
  /// The right that a request needs.
  enum Access: Sendable {
    /// None: the answer has no names and no rates.
    case open

    /// A link with a code of its own, which the answer checks.
    case link
    case reading
    case writing
  }

  let method: String
  let pattern: PathPattern
  let access: Access

  /// True if the answer depends on the config, the store and the request only, not on the time and on
  /// polls: one request with the tag of the latest commit costs nothing.
  var isOfCommit = false

  let answer: @Sendable (RouteCall) async throws(WebFailure) -> WebResponse

  /// A resource that is read.
  static func get(
    _ pattern: PathPattern, _ access: Access = .reading,
    answer: @escaping @Sendable (RouteCall) async throws(WebFailure) -> WebResponse
  ) -> Route {
    Route(method: "GET", pattern: pattern, access: access, answer: answer)
  }

  /// A resource that is read, and changes with commits only.
  static func committed(
    _ pattern: PathPattern,
    answer: @escaping @Sendable (RouteCall) async throws(WebFailure) -> WebResponse
  ) -> Route {
    Route(method: "GET", pattern: pattern, access: .reading, isOfCommit: true, answer: answer)
  }

  /// A resource that is written.
  static func write(
    _ method: String, _ pattern: PathPattern,
    answer: @escaping @Sendable (RouteCall) async throws(WebFailure) -> WebResponse
  ) -> Route {
    Route(method: method, pattern: pattern, access: .writing, answer: answer)
  }
}
