/// An error of the store: a sentence with what is wrong, where, and what to do.
package struct StoreProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Indicates whether a retry can succeed.
  package enum Kind: Hashable, Sendable {
    /// The disk is full or the database is busy: the same changeset can be committed later.
    case temporary
    /// The database is newer than this program, corrupt, read-only or missing.
    case permanent
    /// Another replica is active: this one must change nothing and send nothing any more.
    case lost
  }

  package let kind: Kind
  package let message: String

  /// Creates a problem with its message.
  package init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  package var description: String { message }
}

/// The problems that every kind of store reports in the same words.
extension StoreProblem {
  /// Returns the problem of a row that is already stored with other content, such as `event 12`.
  package static func duplicate(_ row: String, at location: String) -> StoreProblem {
    StoreProblem(
      .permanent,
      "\(location): already contains another \(row); stop any other fxwatch that writes to this "
        + "state directory, then restart this one")
  }

  /// Returns the problem of observations that come without their publication.
  package static func strayRates(at location: String) -> StoreProblem {
    StoreProblem(
      .permanent,
      "\(location): rates without their publication; this is a bug in fxwatch, please report it")
  }

  /// Returns the problem of a replay of deliveries that have not failed.
  package static func noDeadLetter(
    of range: DeadLetterSelection.EventRange, to notifier: String?
  ) -> StoreProblem {
    let name = range.first == range.last ? range.first : "\(range.first)..\(range.last)"
    return StoreProblem(
      .permanent,
      "no failed delivery of '\(name)'\(notifier.map { " to '\($0)'" } ?? ""); "
        + "'fxwatch deliveries list --state dead' lists them")
  }
}
