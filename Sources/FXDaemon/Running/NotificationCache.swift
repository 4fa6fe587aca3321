package import FXCore

/// What events say that were just committed, so that they are told without being read from the
/// store: each until an attempt at it has ended.
///
/// A burst's first, no more: what each says takes a kilobyte or two.
package struct NotificationCache {
  /// How many are remembered; the others are read when their turn comes.
  package static let capacity = 4096

  private var notifications: [Int64: Notification] = [:]

  /// None yet.
  package init() {}

  /// Takes note of what was committed: events that somebody is to be told of, and attempts that ended.
  ///
  /// Cost: what is new, and nothing else.
  package mutating func note(_ changeset: Changeset) {
    for event in changeset.events where !event.recipients.isEmpty {
      guard notifications.count < Self.capacity else { break }
      notifications[event.sequence] = event.notification
    }
    // Also of those that nobody is to be told of any more.
    for settlement in changeset.settlements { notifications[settlement.sequence] = nil }
  }

  /// Those that are to be told, by their sequences.
  package func known(of entries: [OutboxEntry]) -> [Int64: Notification] {
    guard !notifications.isEmpty else { return [:] }
    let known = entries.compactMap { entry in
      notifications[entry.sequence].map { (entry.sequence, $0) }
    }
    return Dictionary(known) { first, _ in first }
  }
}
