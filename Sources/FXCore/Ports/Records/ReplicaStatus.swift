/// The replicas of a store, as one of them knows them.
package struct ReplicaStatus: Hashable, Sendable {
  /// One replica.
  package struct Member: Hashable, Sendable {
    /// The name of its machine, or that of the config.
    package let name: String

    /// True for the one that answers.
    package let isOwn: Bool
    package let isActive: Bool

    /// The version of its program.
    package let version: String

    /// The start of its process.
    package let started: Timestamp

    /// The time since its latest contact with the store.
    package let lag: Duration

    /// The number of its config in the order in which configs were proposed.
    package let generation: Int64

    /// A replica.
    package init(
      name: String, isOwn: Bool, isActive: Bool, version: String, started: Timestamp, lag: Duration,
      generation: Int64
    ) {
      self.name = name
      self.isOwn = isOwn
      self.isActive = isActive
      self.version = version
      self.started = started
      self.lag = lag
      self.generation = generation
    }
  }

  /// The time without a contact after which a replica counts as absent.
  package static let absence = Duration.seconds(10)

  /// True if this replica is active.
  package var isActive: Bool

  /// The replicas of the last day, sorted by name.
  package var members: [Member]

  /// The reason why the store cannot be reached; nil while it can.
  package var problem: StoreProblem?

  /// A status.
  package init(isActive: Bool, members: [Member], problem: StoreProblem? = nil) {
    self.isActive = isActive
    self.members = members
    self.problem = problem
  }

  /// The replicas with a recent contact.
  package var present: [Member] { members.filter { $0.lag < Self.absence } }

  /// True if a replica that is present has a newer config than this one, which then does not become
  /// active.
  package var isOutdated: Bool {
    let own = members.first(where: \.isOwn)?.generation ?? 0
    return present.contains { $0.generation > own }
  }
}
