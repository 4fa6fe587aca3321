/// The axis along which stretches of a history are measured.
enum Axis: Hashable, Sendable {
  /// Milliseconds since the epoch at which rates were first seen.
  case time
  /// The source's own publication numbers.
  case publications

  /// Returns the position from which a point is valid.
  func position(of point: SeriesPoint) -> Int64 {
    switch self {
    case .time: point.firstSeen.milliseconds
    case .publications: point.publication
    }
  }
}
