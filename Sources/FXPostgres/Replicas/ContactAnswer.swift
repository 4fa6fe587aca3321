import FXCore

/// The answer of the server to one contact.
struct ContactAnswer {
  let members: [ReplicaStatus.Member]

  /// The number of the newest event.
  let latestEvent: Int64
  let lease: LeaseRecord
}
