import FXServer

/// A path with variables, `/api/v1/alerts/{id}`; a variable is one segment that is not empty.
struct PathPattern: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  let description: String
  private let segments: [String]

  init(stringLiteral text: String) {
    description = text
    let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    segments = parts == [""] ? [] : parts.map(String.init)
  }

  /// Returns the values of the variables; nil if a path does not match.
  func values(of target: RequestTarget) -> [String]? {
    guard target.segments.count == segments.count else { return nil }
    var values: [String] = []
    for (segment, wanted) in zip(target.segments, segments) {
      if wanted.hasPrefix("{") {
        guard !segment.isEmpty else { return nil }
        values.append(segment)
      } else if segment != wanted {
        return nil
      }
    }
    return values
  }
}
