/// The problems found in one config.
///
/// Not Sendable: one task reads a config.
package final class SettingsProblems {
  private var found: [SettingsProblem] = []

  /// Creates a collection without problems.
  package init() {}

  /// The problems in the order of each file; those at one place in the order found.
  package var all: [SettingsProblem] {
    found.enumerated().sorted { left, right in
      (left.element.mark, left.offset) < (right.element.mark, right.offset)
    }.map(\.element)
  }

  /// True if the daemon cannot run with the config.
  package var hasErrors: Bool { found.contains { !$0.isWarning } }

  /// Adds a problem.
  package func add(
    _ mark: SettingsMark, _ path: [String], _ message: String, isWarning: Bool = false,
    isTransient: Bool = false
  ) {
    found.append(
      SettingsProblem(
        mark: mark, path: path.joined(separator: "."), message: message, isWarning: isWarning,
        isTransient: isTransient))
  }
}
