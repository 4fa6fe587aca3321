package import FXCore
import Testing

/// One behaviour that every store must have.
///
/// The test target of a store has one test over `StoreBehaviour.all`, each with a new store.
package struct StoreBehaviour: Sendable, CustomTestStringConvertible {
  /// The behaviour as a sentence.
  package let sentence: String

  /// Checks it with a store that no daemon has run with.
  package let check: @Sendable (any StoreOpener) async throws -> Void

  package var testDescription: String { sentence }

  /// Every behaviour.
  package static let all: [StoreBehaviour] =
    CommitChecks.all + LoadChecks.all + SuspectChecks.all + LedgerChecks.all + HistoryChecks.all
    + RateChecks.all + PublicationChecks.all + ExplainChecks.all + SuppressionChecks.all
    + ReplayChecks.all + OutboxChecks.all + ImportChecks.all + OpeningChecks.all + RandomChecks.all
}
