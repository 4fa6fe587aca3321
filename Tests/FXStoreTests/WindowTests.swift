import FXCore
import FXStore
import Testing

/// A small seeded generator (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The whole history in memory, and what of it the engine needs, the slow and obvious way.
private struct NaiveHistory {
  var points: [Series: [SeriesPoint]] = [:]
  var listed: [Series: Bool] = [:]

  mutating func apply(_ changeset: Changeset) {
    for observation in changeset.observations {
      points[observation.series, default: []].append(observation.point)
      listed[observation.series] = true
    }
    for series in changeset.vanished { listed[series] = false }
  }

  func stored(since start: Timestamp) -> [StoredSeries] {
    points.sorted { $0.key < $1.key }.map { series, all in
      let latest = all[all.count - 1]
      var wanted = all.filter { $0.firstSeen >= start }
      if let before = all.last(where: { $0.firstSeen < start }) { wanted.append(before) }
      wanted.append(latest)
      if let day = latest.valueDate,
        let earlier = all.last(where: { point in point.valueDate.map { $0 < day } ?? false })
      {
        wanted.append(earlier)
      }
      return StoredSeries(
        series: series, scale: all.map(\.rate.printed.scale).max() ?? 0, publishedChange: nil,
        isListed: listed[series] ?? false,
        points: Set(wanted).sorted { $0.publication < $1.publication })
    }
  }
}

@Suite("What the engine starts from")
struct WindowTests {
  private static let pairs = ["EUR/JPY", "EUR/RUB", "EUR/USD"]

  /// One publication after another at random: new days, other figures for the same day, days that
  /// go back or are missing, series that vanish and return, seconds or weeks apart.
  private static func changesets(
    _ random: inout SplitMix, count: Int
  ) throws -> (changesets: [Changeset], end: Timestamp) {
    var now = instant(day: 0)
    var numbers: [String: Int64] = [:]
    var changesets: [Changeset] = []
    for _ in 0..<count {
      now = now + .seconds([0, 1, 3600, 86_400, 604_800].randomElement(using: &random) ?? 0)
      let source = Bool.random(using: &random) ? "cbu" : "ecb"
      let number = numbers[source, default: 0] + 1
      numbers[source] = number
      var figures: [String: String] = [:]
      for pair in pairs where Int.random(in: 0..<3, using: &random) > 0 {
        let whole = Int.random(in: 1...9, using: &random)
        figures[pair] = ["\(whole)", "\(whole).50", "0.0000\(whole)"].randomElement(using: &random)
      }
      let date =
        Int.random(in: 0..<5, using: &random) == 0
        ? nil : now.day.advanced(by: Int.random(in: -2...1, using: &random))
      changesets.append(
        try published(
          source, number, valueDate: date, at: now, figures,
          version: Int.random(in: 1...3, using: &random),
          vanished: pairs.filter { figures[$0] == nil && Bool.random(using: &random) }))
    }
    return (changesets, now)
  }

  @Test(
    "It equals the naive reading of the whole history", arguments: 1...12 as ClosedRange<UInt64>)
  func equalsNaive(seed: UInt64) async throws {
    var random = SplitMix(seed: seed)
    let fixture = try StoreFixture()
    var store = try fixture.store()
    var naive = NaiveHistory()
    let (changesets, end) = try Self.changesets(&random, count: 60)
    for changeset in changesets {
      try await store.apply(changeset)
      naive.apply(changeset)
      guard Int.random(in: 0..<10, using: &random) == 0 else { continue }
      try await store.close()
      store = try fixture.store()
    }
    for days in [0, 1, 8, 30, 400] as [Int64] {
      let window = Duration.seconds(days * 86_400)
      let state = try await store.load(window: window, now: end)
      #expect(state.series == naive.stored(since: end - window))
    }
  }

  @Test("A clock set back leaves no figure of the window out")
  func clockSetBack() async throws {
    let fixture = try StoreFixture()
    let store = try fixture.store()
    for (number, day) in [(1, 10), (2, 20), (3, 15), (4, 25)] as [(Int64, Int)] {
      try await store.apply(
        published("ecb", number, at: instant(day: day), ["EUR/USD": "\(number)"]))
    }
    let state = try await store.load(window: .seconds(86_400 * 7), now: instant(day: 25))
    #expect(state.series.map { $0.points.map(\.publication) } == [[1, 2, 3, 4]])
  }
}
