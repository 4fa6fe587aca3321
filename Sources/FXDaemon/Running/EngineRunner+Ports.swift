import FXCore
import FXSystem
import Logging

extension EngineRunner {
  /// The parts of the process that the engine works with.
  struct Ports: Sendable {
    let store: any EngineStore
    let fetcher: Fetcher
    let deliverer: Deliverer
    let zones: any Zones
    let log: Logger

    /// Called for every probe that was answered: the engine, the store and the alarm all work.
    ///
    /// With a snapshot of the engine, and the failure of the store, if any.
    let onAlive: @Sendable (EngineSnapshot, StoreProblem?) -> Void

    /// Called after every commit that changes rates, alerts or what is known of sources.
    let onCommit: @Sendable () -> Void

    /// Returns the problem that another process has the store, if it has.
    ///
    /// Asks the store only where it may have. A process that was frozen, in mid-commit or before it polls,
    /// would go on in memory and poll beside the other one.
    func takeover() async -> StoreProblem? {
      guard !store.isTrusted else { return nil }
      do throws(StoreProblem) {
        try await store.answer()
        return nil
      } catch {
        return error.kind == .lost ? error : nil
      }
    }

    /// Returns an engine with the stored state, which goes on with what is under way in another.
    func engine(
      for setup: Setup, continuing earlier: Engine?
    ) async throws(StoreProblem) -> Engine {
      let now = SystemClock().now()
      var stored = try await store.load(reach: setup.plan.reach, now: now)
      let ended = stored.endedAlerts(under: setup.plan)
      if !ended.isEmpty { stored.firings = try await store.firings(of: ended) }
      for (notifier, sequences) in earlier?.leased ?? [:] {
        stored.stillOpen[notifier] = try await store.openDeliveries(
          among: sequences, of: notifier)
      }
      return Engine(
        plan: setup.plan, stored: stored,
        zones: zones, now: now, continuing: earlier,
        eventsPerPortion: PublicationLimits.eventsPerPortion)
    }
  }
}
