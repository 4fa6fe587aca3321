/// One error or warning about the config: its place, the problem, and what to do.
package struct SettingsProblem: Hashable, Sendable, CustomStringConvertible {
  package let mark: SettingsMark

  /// The keys of the place, joined by dots: `rules.big-move.pairs`; empty for the whole file.
  package let path: String

  /// The problem and what to do, with the text from the file in quotes; what looks like a secret is
  /// masked.
  package let message: String

  /// True for a problem with which the daemon can run; `fxwatch check` prints it.
  package let isWarning: Bool

  /// True for an error of the system, such as too few descriptors, that may be over at the next
  /// attempt.
  package let isTransient: Bool

  /// Creates a problem.
  package init(
    mark: SettingsMark, path: String, message: String, isWarning: Bool = false,
    isTransient: Bool = false
  ) {
    self.mark = mark
    self.path = SecretMask.masked(path)
    self.message = SecretMask.masked(message)
    self.isWarning = isWarning
    self.isTransient = isTransient
  }

  /// The line that is printed: `etc/fxwatch.yaml:12:9: rules.big-move.pairs: 'EURUS' is not …`.
  package var description: String {
    "\(mark): " + (isWarning ? "warning: " : "") + (path.isEmpty ? "" : "\(path): ") + message
  }
}
