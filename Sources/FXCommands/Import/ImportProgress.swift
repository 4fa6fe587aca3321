/// The progress of an import.
package enum ImportProgress: Hashable, Sendable {
  /// A file is being read; `days` have been read.
  case reading(file: String, days: Int)

  /// `done` of all rates are stored.
  case storing(done: Int, of: Int)
}
