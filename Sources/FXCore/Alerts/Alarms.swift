/// The times at which alerts are next evaluated by the clock alone.
///
/// Setting one costs the logarithm of their number on average, reading the next one a constant. An
/// alarm that is postponed, as that of `age` is by every publication, keeps its entry in the queue,
/// which is corrected when it is reached.
struct Alarms: Sendable {
  /// The indices of the alerts with an alarm.
  private var indices: [AlertKey: Int] = [:]

  private var alerts: [Alarm] = []

  /// Indices that are free again.
  private var free: [Int] = []

  /// For every alarm an entry that is not later.
  private var queue = Heap<Entry>()

  private struct Alarm: Sendable {
    let key: AlertKey

    /// Nil for a free index.
    var at: Timestamp?

    /// The time of its entry in the queue; nil where it has none.
    var queued: Timestamp?
  }

  private struct Entry: Comparable, Hashable, Sendable {
    let at: Timestamp
    let index: Int

    static func < (one: Entry, other: Entry) -> Bool { one.at < other.at }
  }

  /// The next alarm of all; nil where there is none.
  var next: Timestamp? { queue.least?.at }

  /// The alarm of an alert; nil where it has none.
  subscript(key: AlertKey) -> Timestamp? {
    get { indices[key].flatMap { alerts[$0].at } }
    set {
      if let index = indices[key] {
        alerts[index].at = newValue
        if newValue == nil {
          indices[key] = nil
          free.append(index)
        } else {
          queue(index)
        }
      } else if let newValue {
        add(key, at: newValue)
      }
      removeOutdated()
    }
  }

  /// Returns the alerts whose alarm is due, sorted.
  ///
  /// Cost: linear in their number.
  func due(at now: Timestamp) -> [AlertKey] {
    Set(queue.elements { $0.at <= now }.map(\.index)).map { alerts[$0] }
      .filter { $0.at.map { $0 <= now } ?? false }.map(\.key).sorted()
  }

  private mutating func add(_ key: AlertKey, at instant: Timestamp) {
    if let index = free.popLast() {
      // An old entry of the index in the queue serves the new alert as well.
      alerts[index] = Alarm(key: key, at: instant, queued: alerts[index].queued)
      indices[key] = index
      queue(index)
    } else {
      indices[key] = alerts.count
      alerts.append(Alarm(key: key, at: instant))
      queue(alerts.count - 1)
    }
  }

  /// Adds an entry for an alarm unless there is one that is not later.
  private mutating func queue(_ index: Int) {
    guard let instant = alerts[index].at else { return }
    if let queued = alerts[index].queued, queued <= instant { return }
    alerts[index].queued = instant
    queue.insert(Entry(at: instant, index: index))
  }

  /// Removes postponed and cancelled entries from the front of the queue.
  private mutating func removeOutdated() {
    while let first = queue.least, alerts[first.index].at != first.at {
      _ = queue.popLeast()
      // An entry that is not the alert's earliest was replaced by an earlier one.
      guard alerts[first.index].queued == first.at else { continue }
      alerts[first.index].queued = nil
      queue(first.index)
    }
  }
}
