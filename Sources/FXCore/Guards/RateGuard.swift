/// A check of one rate of a publication for one known kind of publisher's error.
///
/// Pure. A guard never checks for a move that is merely large: users must be notified of a
/// devaluation by 40 %. A new guard is a file in this folder and a line in `GuardCatalog`.
protocol RateGuard: Sendable {
  /// The name in payloads and in the history.
  static var name: String { get }

  /// Returns the reason to suspect a line; nil if there is none.
  static func finding(of line: GuardedLine, on page: GuardedPage) -> String?

  /// True if the next publication can confirm the suspect rate.
  static var canBeConfirmed: Bool { get }
}

extension RateGuard {
  static var canBeConfirmed: Bool { true }
}
