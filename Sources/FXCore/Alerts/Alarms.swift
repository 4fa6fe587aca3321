/// When alerts next ask for a look by the clock alone.
///
/// Setting one costs the logarithm of how many there are, on average; asking for the next nothing.
/// One that is put off, as `age` is with every publication, stays in the queue as it is and is looked
/// at again when its time comes.
struct Alarms: Sendable {
  /// The places of the alerts that have an instant.
  private var places: [AlertKey: Int] = [:]

  private var alerts: [Alarm] = []

  /// Places that are free again.
  private var free: [Int] = []

  /// For every alert with an instant an entry no later than that.
  private var queue = Heap<Entry>()

  private struct Alarm: Sendable {
    let key: AlertKey

    /// Nil for a place that is free.
    var at: Timestamp?

    /// When the queue next says to look at it; nil where it has no entry of this place.
    var queued: Timestamp?
  }

  private struct Entry: Comparable, Hashable, Sendable {
    let at: Timestamp
    let place: Int

    static func < (one: Entry, other: Entry) -> Bool { one.at < other.at }
  }

  /// The next instant of all; nil where there is none.
  var next: Timestamp? { queue.least?.at }

  /// The instant of an alert; nil where it has none.
  subscript(key: AlertKey) -> Timestamp? {
    get { places[key].flatMap { alerts[$0].at } }
    set {
      if let place = places[key] {
        alerts[place].at = newValue
        if newValue == nil {
          places[key] = nil
          free.append(place)
        } else {
          queue(place)
        }
      } else if let newValue {
        add(key, at: newValue)
      }
      settle()
    }
  }

  /// The alerts whose instant has come, sorted.
  ///
  /// Cost: as many as there are.
  func due(at now: Timestamp) -> [AlertKey] {
    Set(queue.elements { $0.at <= now }.map(\.place)).map { alerts[$0] }
      .filter { $0.at.map { $0 <= now } ?? false }.map(\.key).sorted()
  }

  private mutating func add(_ key: AlertKey, at instant: Timestamp) {
    if let place = free.popLast() {
      // What the queue still has of the place serves the new alert as well.
      alerts[place] = Alarm(key: key, at: instant, queued: alerts[place].queued)
      places[key] = place
      queue(place)
    } else {
      places[key] = alerts.count
      alerts.append(Alarm(key: key, at: instant))
      queue(alerts.count - 1)
    }
  }

  /// Has the queue know of an alert not later than its instant.
  private mutating func queue(_ place: Int) {
    guard let instant = alerts[place].at else { return }
    if let queued = alerts[place].queued, queued <= instant { return }
    alerts[place].queued = instant
    queue.insert(Entry(at: instant, place: place))
  }

  /// Takes from the front of the queue what was put off or taken back.
  private mutating func settle() {
    while let first = queue.least, alerts[first.place].at != first.at {
      _ = queue.popLeast()
      // An entry that is not the alert's earliest was left behind by a sooner one.
      guard alerts[first.place].queued == first.at else { continue }
      alerts[first.place].queued = nil
      queue(first.place)
    }
  }
}
