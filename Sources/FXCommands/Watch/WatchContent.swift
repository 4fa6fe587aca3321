package import FXCore

/// The content of `fxwatch watch` at one moment.
package struct WatchContent: Sendable {
  /// The rates, as `fxwatch rates` lists them.
  package var rates: Report

  /// The alerts that are pending or fire, as `fxwatch alerts` lists them.
  package var alerts: Report

  /// The state of the daemon, such as `ok` or `not running`, and its first problem.
  package var state: String
  package var problem: String?

  /// The time of the content.
  package var now: Timestamp

  /// The content of a moment.
  package init(rates: Report, alerts: Report, state: String, problem: String?, now: Timestamp) {
    self.rates = rates
    self.alerts = alerts
    self.state = state
    self.problem = problem
    self.now = now
  }
}
