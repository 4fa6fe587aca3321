import FXCore

/// Checks of related behaviours, with what they have in common.
protocol StoreCheck: Sendable {
  /// Opens a store that no daemon has run with.
  init(_ opener: any StoreOpener) async throws
}

extension StoreCheck {
  /// Returns a behaviour that one of the checks proves.
  static func promise(
    _ sentence: String, _ check: @escaping @Sendable (Self) async throws -> Void
  ) -> StoreBehaviour {
    StoreBehaviour(sentence: sentence) { try await check(Self($0)) }
  }
}
