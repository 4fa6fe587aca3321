import FXCore

/// How things go on while the store takes nothing, on a full disk or a file system that became
/// read-only: a copy of the engine goes ahead in memory, so that sources are asked and what happens
/// can be told on this machine, and every event is kept to be decided again once the store takes it.
///
/// The engine is pure: the same events at the same instants lead to the same decisions, with the same
/// identifiers. So what was told meanwhile is told once.
struct StoreOutage {
  /// Events kept at most; from then on no source is asked any more.
  ///
  /// At a poll a minute this is most of a day, and of the largest sources some 100 MB.
  private static let maximumEvents = 2000

  /// One event and when it was decided on.
  struct Step {
    let event: Event
    let at: Timestamp
  }

  /// The engine that is ahead of the store.
  private(set) var engine: Engine

  /// What the store has yet to take, oldest first.
  private(set) var steps: ArraySlice<Step> = []

  /// The events told since, which the store does not have.
  private(set) var notifications: [Int64: Notification] = [:]

  /// The sources that were not asked although they were due.
  private(set) var withheld: [Commands.Fetch] = []

  /// A rehearsal that begins where the store stopped.
  init(from engine: Engine) { self.engine = engine }

  /// Goes on with an event in memory; gives what to log, and what to do at once.
  mutating func take(_ event: Event, at now: Timestamp) -> (decision: Decision, commands: Commands)
  {
    let decision = engine.decide(event, at: now)
    steps.append(Step(event: event, at: now))
    for event in decision.changeset.events { notifications[event.sequence] = event.notification }
    var commands = engine.absorb(decision, at: now)
    if steps.count >= Self.maximumEvents {
      withheld += commands.fetches
      commands.fetches = []
    }
    return (decision, commands)
  }

  /// Notes that the store has taken the oldest step.
  mutating func dropFirst() { steps.removeFirst() }
}
