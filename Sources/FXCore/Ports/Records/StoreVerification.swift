/// The result of the verification of a store.
package struct StoreVerification: Hashable, Sendable {
  /// One finding: damage, with its place.
  package struct Finding: Hashable, Sendable {
    /// The table; empty for the file as a whole.
    package let table: String

    /// The row's key in words, such as `source ecb, number 12`; empty if no row is known.
    package let key: String

    /// The finding, as a clause: `the row does not match its checksum`.
    package let problem: String

    /// A finding at a place.
    package init(table: String, key: String, problem: String) {
      self.table = table
      self.key = key
      self.problem = problem
    }
  }

  /// The findings, at most `maximumFindings`.
  package private(set) var findings: [Finding] = []

  /// The number of rows that were read.
  package var rows = 0

  /// The number of rows among them that an earlier version wrote without a checksum.
  package var unchecked = 0

  /// The largest number of findings that are kept: a damaged file can have one in each row.
  package static let maximumFindings = 1000

  /// A verification that has not begun.
  package init() {}

  /// Adds a finding, unless there are too many.
  package mutating func add(_ finding: Finding) {
    if findings.count < Self.maximumFindings { findings.append(finding) }
  }
}
