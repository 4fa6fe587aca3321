/// Looks at one line of a page and says what is wrong with it, if anything.
///
/// Pure. A guard looks for one known way in which publishers and their pages go wrong, never for a
/// move that is merely large: a devaluation by 40 % is what people want to be told of. A new guard is
/// a file in this folder and a line in `GuardCatalog`.
protocol RateGuard: Sendable {
  /// What payloads and the history call it.
  static var name: String { get }

  /// What is odd about the line; nil when nothing is.
  static func oddity(of line: GuardedLine, on page: GuardedPage) -> String?

  /// Whether the next publication can show that the figure was right after all.
  static var canBeConfirmed: Bool { get }
}

extension RateGuard {
  static var canBeConfirmed: Bool { true }
}
