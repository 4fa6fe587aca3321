import FXCore

/// The rows of one table while they are read: the observations, and the rows that are set aside.
struct RateRows {
  /// An observation, and the index of its row.
  struct Read {
    let observation: Observation
    let row: Int
  }

  private struct Key: Hashable {
    let pair: CurrencyPair
    let side: Side
  }

  private(set) var all: [Read] = []

  /// The rows that are not used, a withdrawn currency once.
  private(set) var setAside: [SetAsideRow] = []

  /// The withdrawn currencies among them.
  private(set) var retired: Set<Currency> = []

  /// The number of rows with a rate that is to be read, the unreadable ones included.
  var count = 0

  /// The number of rows that cannot be read.
  private(set) var unreadable = 0

  private var indices: [Key: Int] = [:]

  init(capacity: Int) {
    all.reserveCapacity(capacity)
    indices.reserveCapacity(capacity)
  }

  /// A page is refused if more than one in so many of its rows cannot be read: one or two bad rows are
  /// the publisher's slip, more are another format.
  static let refusedShare = 5

  /// True if so many rows cannot be read that the others are not used either.
  static func isRefused(unreadable: Int, of count: Int) -> Bool {
    unreadable * refusedShare > count
  }

  /// Adds an observation and returns nil, or returns the rate of its series that is already there.
  mutating func add(_ read: Read) -> Observation? {
    let key = Key(pair: read.observation.pair, side: read.observation.side)
    guard let index = indices.updateValue(all.count, forKey: key) else {
      all.append(read)
      return nil
    }
    indices[key] = index
    return all[index].observation
  }

  /// Replaces the observation of a series that is already there.
  mutating func replace(by read: Read) {
    let key = Key(pair: read.observation.pair, side: read.observation.side)
    if let index = indices[key] { all[index] = read }
  }

  /// The printed names that are not those of currencies, in the order of the rows.
  private(set) var unknownNames: [String] = []

  /// Sets a row aside, with the observations from an index on that are its own.
  mutating func setAside(_ row: SetAsideRow, from index: Int, unknownName: String?) {
    if let unknownName, !unknownNames.contains(unknownName), unknownNames.count <= Self.mostNamed {
      unknownNames.append(unknownName)
    }
    for read in all[index...] {
      indices[Key(pair: read.observation.pair, side: read.observation.side)] = nil
    }
    all.removeSubrange(index...)
    setAside.append(row)
    unreadable += 1
  }

  /// The most unknown names that an error lists.
  private static let mostNamed = 30

  /// The clause that lists the unknown names; nil if there are fewer than two.
  var unknownNamesClause: String? {
    guard let last = unknownNames.last, unknownNames.count > 1 else { return nil }
    let isCut = unknownNames.count > Self.mostNamed
    return unknownNames.dropLast().joined(separator: ", ")
      + (isCut ? " and others" : " and \(last)") + " are not currencies"
  }

  /// Leaves out a row of a withdrawn currency.
  mutating func leaveOut(_ currency: Currency) {
    if retired.insert(currency).inserted { setAside.append(SetAsideRow(retired: currency)) }
  }

  /// Names a part of the body that is passed over.
  mutating func passOver(_ row: SetAsideRow) { setAside.append(row) }
}
