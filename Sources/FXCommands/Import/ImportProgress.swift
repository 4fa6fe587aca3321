/// The progress of an import.
package enum ImportProgress: Hashable, Sendable {
  /// `done` of all parts of an archive are fetched.
  case fetching(done: Int, of: Int)

  /// A file is being read; `days` have been read.
  case reading(file: String, days: Int)

  /// `done` of all rates are stored.
  case storing(done: Int, of: Int)
}
