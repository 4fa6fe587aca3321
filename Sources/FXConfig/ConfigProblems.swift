package import FXCore

/// All problems of a config that cannot be used.
package struct ConfigProblems: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problems in the order of the file; never empty when thrown.
  package let problems: [SettingsProblem]

  /// The problems of one config.
  package init(_ problems: [SettingsProblem]) { self.problems = problems }

  /// One problem per line.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
