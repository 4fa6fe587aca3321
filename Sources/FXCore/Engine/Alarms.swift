/// When alerts next ask for a look by the clock alone.
///
/// Setting one costs the logarithm of how many there are, on average; asking for the next nothing.
struct Alarms: Sendable {
  private var instants: [AlertKey: Timestamp] = [:]

  /// Every instant that was set, soonest first; one that was moved since is passed over.
  private var order = Heap<Place>()
  private var count = 0

  private struct Place: Comparable, Hashable, Sendable {
    let at: Timestamp
    let number: Int
    let key: AlertKey

    static func < (one: Place, other: Place) -> Bool {
      (one.at, one.number) < (other.at, other.number)
    }
  }

  /// The next instant of all; nil where there is none.
  var next: Timestamp? { order.least?.at }

  /// The instant of an alert; nil where it has none.
  subscript(key: AlertKey) -> Timestamp? {
    get { instants[key] }
    set {
      let earlier = instants[key]
      guard newValue != earlier else { return }
      instants[key] = newValue
      if let newValue { insert(newValue, key) }
      while let least = order.least, !isCurrent(least) { _ = order.popLeast() }
      guard order.count > 2 * instants.count + 64 else { return }
      order = Heap()
      for (key, instant) in instants { insert(instant, key) }
    }
  }

  /// The alerts whose instant has come, sorted.
  ///
  /// Cost: as many as there are.
  func due(at now: Timestamp) -> [AlertKey] {
    Set(order.elements { $0.at <= now }.filter(isCurrent).map(\.key)).sorted()
  }

  private mutating func insert(_ instant: Timestamp, _ key: AlertKey) {
    count += 1
    order.insert(Place(at: instant, number: count, key: key))
  }

  private func isCurrent(_ place: Place) -> Bool { instants[place.key] == place.at }
}
