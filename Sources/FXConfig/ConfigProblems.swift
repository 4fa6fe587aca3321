package import FXCore

/// All problems of a config that cannot be used.
package struct ConfigProblems: Error, Hashable, Sendable, CustomStringConvertible {
  /// The problems in the order of the file; never empty when thrown.
  package let problems: [SettingsProblem]

  /// The problems of one config.
  package init(_ problems: [SettingsProblem]) { self.problems = problems }

  /// True if one of the errors may be over at the next attempt.
  package var areTransient: Bool { problems.contains { $0.isTransient && !$0.isWarning } }

  /// One problem per line.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
