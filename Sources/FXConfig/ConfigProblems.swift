package import FXCore

/// Why a config cannot be used: everything wrong with it at once.
package struct ConfigProblems: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in the order of the file; never empty when thrown.
  package let problems: [SettingsProblem]

  /// Everything wrong with one config.
  package init(_ problems: [SettingsProblem]) { self.problems = problems }

  /// One sentence a line.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
