import FXCore
import FXSystem

extension CommandEnd {
  /// Returns the outcome of a delivery that a program made.
  func outcome(of path: String, within timeout: Duration) -> DeliveryOutcome {
    switch self {
    case .exited(0): .delivered(detail: "\(path) exited with status 0")
    case .exited(let status): .retry(because: "\(path) exited with status \(status)")
    case .killed(let signal): .retry(because: "\(path) was killed by signal \(signal)")
    case .timedOut:
      .retry(
        because: "\(path) did not exit within \(DurationText.text(timeout))", slowDown: true)
    case .failed(let error): .retry(because: "cannot run \(path): \(error)")
    }
  }
}
