/// Holds the notifications of notifiers in quiet hours, and releases them in digests.
///
/// Owns the held events.
package struct QuietHoursFilter: Sendable {
  private let quiet: [QuietHours]
  private let zones: any Zones

  /// The held events, oldest first.
  private var held: [HeldEvent] = []

  /// A filter without held events.
  package init(_ quiet: [QuietHours], zones: any Zones) {
    self.quiet = quiet
    self.zones = zones
  }

  /// True if a notification of a severity to a notifier is held.
  package func holds(_ severity: Severity, to notifier: String, at now: Timestamp) -> Bool {
    quiet.contains { $0.holds(severity, to: notifier) && $0.end(around: now, in: zones) != nil }
  }

  /// True if there are quiet hours at all.
  var isInUse: Bool { !quiet.isEmpty }

  // MARK: Digests

  /// The digest of events that were held, and the notifiers that receive it.
  package struct Digest {
    package let events: [Notification]
    package let notifiers: [String]
    package let released: [DeliveryKey]
  }

  /// Returns the digests of notifiers whose quiet hours have ended; notifiers for which the same
  /// events were held share one.
  package func dueDigests(at now: Timestamp) -> [Digest] {
    var audiences: [[Int64]: [String]] = [:]
    for notifier in Set(held.map(\.key.notifier)).sorted() where quietEnd(of: notifier, now) == nil
    {
      let sequences = held.filter { $0.key.notifier == notifier }.map(\.key.sequence)
      audiences[sequences, default: []].append(notifier)
    }
    guard !audiences.isEmpty else { return [] }
    let notifications = Dictionary(
      held.map { ($0.key.sequence, $0.notification) }, uniquingKeysWith: { first, _ in first })
    return audiences.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map {
      sequences, notifiers in
      Digest(
        events: sequences.compactMap { notifications[$0]?.read }, notifiers: notifiers,
        released: notifiers.flatMap { name in
          sequences.map { DeliveryKey(sequence: $0, notifier: name) }
        })
    }
  }

  /// Returns when the first notifier with held events receives its digest; nil where none is held.
  package func nextDigest(at now: Timestamp) -> Timestamp? {
    Set(held.map(\.key.notifier)).map { quietEnd(of: $0, now) ?? now }.min()
  }

  /// Returns when the quiet hours of a notifier end; nil where it is not in quiet hours.
  private func quietEnd(of notifier: String, _ now: Timestamp) -> Timestamp? {
    quiet.filter { $0.notify?.contains(notifier) ?? true }
      .compactMap { $0.end(around: now, in: zones) }.max()
  }

  // MARK: Changes

  /// Absorbs the committed changes.
  package mutating func absorb(held new: [HeldEvent], released: [DeliveryKey]) {
    held += new
    guard !released.isEmpty else { return }
    let released = Set(released)
    held.removeAll { released.contains($0.key) }
  }

  /// Restores stored events of notifiers that satisfy a condition; returns the keys of the others.
  package mutating func restore(
    _ events: [HeldEvent], where isInUse: (_ notifier: String) -> Bool
  ) -> [DeliveryKey] {
    var released: [DeliveryKey] = []
    for event in events.sorted(by: { $0.key < $1.key }) {
      if isInUse(event.key.notifier) {
        held.append(event)
      } else {
        released.append(event.key)
      }
    }
    return released
  }
}
