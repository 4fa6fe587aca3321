package import FXCore

/// The notifications of events that were just committed, so that they can be delivered without being
/// read from the store: each until its first attempt has ended.
///
/// It holds only the first of a burst: a notification takes a kilobyte or two.
package struct NotificationCache {
  /// The largest number of notifications; the others are read from the store when they are due.
  package static let capacity = 4096

  private var notifications: [Int64: Notification] = [:]

  /// An empty cache.
  package init() {}

  /// Records a committed changeset: events with recipients are added, and those with an attempt that
  /// ended are removed.
  ///
  /// Cost: linear in both.
  package mutating func record(_ changeset: Changeset) {
    for event in changeset.events where !event.recipients.isEmpty {
      guard notifications.count < Self.capacity else { break }
      notifications[event.sequence] = event.notification
    }
    // Also an attempt after which no recipient is left.
    for result in changeset.deliveryResults { notifications[result.sequence] = nil }
  }

  /// Returns the notifications of these entries that are in the cache, by their sequences.
  package func notifications(of entries: [OutboxEntry]) -> [Int64: Notification] {
    guard !notifications.isEmpty else { return [:] }
    let known = entries.compactMap { entry in
      notifications[entry.sequence].map { (entry.sequence, $0) }
    }
    return Dictionary(known) { first, _ in first }
  }
}
