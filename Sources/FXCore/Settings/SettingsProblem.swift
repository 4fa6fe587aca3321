/// One thing wrong in the config: where, what, and what to do.
package struct SettingsProblem: Hashable, Sendable, CustomStringConvertible {
  package let mark: SettingsMark

  /// The keys that lead there, joined by dots: `rules.big-move.pairs`; empty for the whole file.
  package let path: String

  /// What is wrong and what to do, quoting what was written.
  package let message: String

  /// A finding of `fxwatch check` that the daemon can run with.
  package let isWarning: Bool

  /// One problem.
  package init(mark: SettingsMark, path: String, message: String, isWarning: Bool = false) {
    self.mark = mark
    self.path = path
    self.message = message
    self.isWarning = isWarning
  }

  /// As printed: `etc/fxwatch.yaml:12:9: rules.big-move.pairs: 'EURUS' is not …`.
  package var description: String {
    "\(mark): " + (isWarning ? "warning: " : "") + (path.isEmpty ? "" : "\(path): ") + message
  }
}
