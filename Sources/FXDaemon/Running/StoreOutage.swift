package import FXCore

/// The time in which the store accepts no commits: the disk is full, or the file system became
/// read-only.
///
/// A copy of the engine continues in memory, so that sources are polled and local notifiers notified,
/// and every event is kept to be decided again once the store works. The engine is pure: the same
/// events at the same instants lead to the same decisions with the same identifiers, so nothing is
/// sent twice.
package struct StoreOutage {
  /// The largest number of events kept; after that no source is polled any more.
  ///
  /// At a poll a minute this is most of a day, and of the largest sources some 100 MB.
  private static let maximumEvents = 2000

  /// The first pause between two attempts to commit, and the longest; each is twice the one before.
  private static let firstPause: Duration = .milliseconds(200)
  private static let longestPause: Duration = .seconds(60)

  /// An event and the instant at which it was decided.
  package struct Step {
    package let event: Event
    package let at: Timestamp
  }

  /// The engine that is ahead of the store.
  package private(set) var engine: Engine

  /// The events that are not committed, oldest first.
  package private(set) var steps: ArraySlice<Step> = []

  /// The notifications decided meanwhile, which the store does not have, by their sequences.
  package private(set) var notifications: [Int64: Notification] = [:]

  /// The polls that were due but not made.
  package private(set) var withheld: [Commands.Fetch] = []

  /// The open deliveries that were to be read, which is done after the outage.
  package private(set) var withheldLoads: [OutboxQuery] = []

  /// The next wake-up of the engine that is ahead.
  private var wake: Timestamp?

  /// The latest failure of the store.
  package var problem: StoreProblem

  /// The notifiers whose receivers see no identifiers of events, so that they may be notified of what
  /// is not committed.
  private let localNotifiers: Set<String>

  private var pause = firstPause

  /// An outage that begins with a commit that failed.
  package init(from engine: Engine, localNotifiers: Set<String>, problem: StoreProblem) {
    self.engine = engine
    self.localNotifiers = localNotifiers
    self.problem = problem
  }

  /// The failure as `fxwatch status` reports it.
  package var failure: DaemonStatus.StoreFailure {
    DaemonStatus.StoreFailure(
      since: steps.first?.at, waitingCount: steps.count, reason: problem.message)
  }

  /// Decides on an event and absorbs the decision, in memory only.
  package mutating func handle(
    _ event: Event, at now: Timestamp
  ) -> (decision: Decision, commands: Commands) {
    let decision = engine.decide(event, at: now)
    steps.append(Step(event: event, at: now))
    for event in decision.changeset.events { notifications[event.sequence] = event.notification }
    var commands = engine.absorb(decision, at: now)
    wake = commands.wake
    if steps.count >= Self.maximumEvents {
      withheld += commands.fetches
      commands.fetches = []
    }
    return (decision, commands)
  }

  /// Returns the commands that can be carried out during the outage.
  package func possible(_ commands: Commands) -> Commands {
    var commands = commands
    commands.loads = []
    commands.leases.removeAll { !localNotifiers.contains($0.notifier) }
    return commands
  }

  /// Keeps a request for open deliveries until the outage is over.
  package mutating func withhold(_ query: OutboxQuery) { withheldLoads.append(query) }

  /// Removes the oldest step, which is committed now, and returns those of its commands that were not
  /// carried out during the outage.
  ///
  /// While other steps wait, the next wake-up stays that of the engine that is ahead: the committed one may
  /// still wait for a poll that has ended.
  package mutating func removeFirst(_ commands: Commands) -> Commands {
    steps.removeFirst()
    var commands = commands
    commands.fetches = []
    // The other portions of a page were events of the outage, too.
    commands.unfinished = nil
    commands.leases.removeAll { localNotifiers.contains($0.notifier) }
    if !steps.isEmpty { commands.wake = wake }
    return commands
  }

  /// Returns the pause before the next attempt to commit.
  package mutating func nextPause() -> Duration {
    defer { pause = min(pause * 2, Self.longestPause) }
    return pause
  }
}
