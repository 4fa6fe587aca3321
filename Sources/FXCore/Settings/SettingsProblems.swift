/// Collects the problems of one config.
///
/// Not Sendable: a config is read in one go.
package final class SettingsProblems {
  /// In the order found.
  private var found: [SettingsProblem] = []

  /// A collection without problems.
  package init() {}

  /// Everything found, in the order of the file; at one place, in the order found.
  package var all: [SettingsProblem] {
    found.enumerated().sorted { left, right in
      (left.element.mark, left.offset) < (right.element.mark, right.offset)
    }.map(\.element)
  }

  /// Whether anything found keeps the daemon from running.
  package var hasErrors: Bool { found.contains { !$0.isWarning } }

  /// Adds one problem.
  package func add(
    _ mark: SettingsMark, _ path: [String], _ message: String, isWarning: Bool = false
  ) {
    found.append(
      SettingsProblem(
        mark: mark, path: path.joined(separator: "."), message: message, isWarning: isWarning))
  }
}
