/// The earlier rate against which a move is measured.
enum Reference: Hashable, Sendable {
  /// The rate of the previous publication.
  case previous
  /// The rate valid when a window began.
  case before(Window)

  /// Returns the earlier point; nil if the history contains none.
  func point(on view: some SeriesView, at now: Timestamp) -> SeriesPoint? {
    switch self {
    case .previous: view.previous
    case .before(let window): view.point(before: window, now: now)
    }
  }

  /// The reason why there is no such point.
  var absence: Absence {
    switch self {
    case .previous: .previous
    case .before(let window): .earlier(window)
    }
  }

  /// The requirements of a move against it: an event against the previous publication, a state over a
  /// window.
  var requirements: Requirements {
    switch self {
    case .previous: Requirements(kind: .event, reference: self)
    case .before(let window): Requirements(kind: .state, reach: window.reach, reference: self)
    }
  }
}
