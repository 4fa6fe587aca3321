import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

/// A publisher that prints on every day of its calendar, up to almost three hours late.
struct PunctualPublisher: Sendable {
  let calendar: PublicationCalendar
  let zones: any Zones

  /// Days of its calendar on which it does not print.
  var gaps: Set<CalendarDay> = []

  /// The latest page at an instant.
  @Sendable func callAsFunction(_ source: SourceName, _ now: Timestamp) -> FetchOutcome {
    var day = now.day.advanced(by: 1)
    while !isOut(day, at: now) { day = day.advanced(by: -1) }
    let figure = Int64(874_500 + day.daysSinceEpoch % 700)
    guard let pair = CurrencyPair("USD/KGS"),
      let rate = ExactDecimal(coefficient: figure, scale: 4).flatMap({ Rate(printed: $0) })
    else { return .unchanged }
    return .read(
      SourceReading(valueDate: day, observations: [Observation(pair: pair, rate: rate)]),
      bodyHash: "\(day)", validators: nil)
  }

  private func isOut(_ day: CalendarDay, at now: Timestamp) -> Bool {
    guard !gaps.contains(day), let due = calendar.expected(on: day, zones: zones) else {
      return false
    }
    let late = StableRandom.share(of: .seconds(170 * 60), calendar.zone, Int64(day.daysSinceEpoch))
    return due + late <= now
  }
}

@Suite("A year of a calendar")
struct CalendarYearTests {
  static let year = 2026
  static let calendars: [HolidayCalendar] = HolidayCalendar.all + [.none]

  private static func calendar(_ holidays: HolidayCalendar) -> PublicationCalendar {
    PublicationCalendar(zone: "Europe/Berlin", hour: 16, minute: 0, holidays: holidays)
  }

  private static func world(
    _ publisher: PunctualPublisher, rules: [Rule] = []
  ) throws -> World {
    let start = try #require(CalendarDay(year: year, month: 1, day: 1)).daysSinceEpoch
    let source = PlannedSource(
      name: SourceName("bank"), schedule: .calendar(publisher.calendar), dating: .fixing,
      host: "bank.example")
    var world = World(
      plan: Plan(sources: [source], rules: rules, notifiers: []),
      start: Timestamp(seconds: Int64(start) * 86_400), zones: publisher.zones,
      page: publisher.callAsFunction)
    world.run(until: Timestamp(seconds: Int64(start + 365) * 86_400))
    return world
  }

  @Test("has no false alarm", arguments: calendars)
  func isCalm(holidays: HolidayCalendar) throws {
    let publisher = PunctualPublisher(
      calendar: Self.calendar(holidays), zones: SummertimeZones())
    let world = try Self.world(publisher)
    #expect(world.store.events.map { $0.notification["summary"] } == [])
    let printed = world.store.publications[SourceName("bank")]?.count ?? 0
    let rested = holidays.rules.count * 4
    #expect((261 - rested...262).contains(printed))
  }

  @Test(
    "reports every gap before the publication after it, and its end",
    arguments: calendars)
  func findsGaps(holidays: HolidayCalendar) throws {
    let calendar = Self.calendar(holidays)
    let zones = SummertimeZones()
    var publisher = PunctualPublisher(calendar: calendar, zones: zones)
    let start = try #require(CalendarDay(year: Self.year, month: 1, day: 1))
    let days = (20..<350).map { start.advanced(by: $0) }.filter { calendar.prints(on: $0) }
    // Gaps one longer than the calendar tolerates, each time after at least ten publications.
    let length = holidays.tolerance + 1
    let firsts = stride(from: 0, to: days.count - length - 1, by: 10 + length)
    for first in firsts { publisher.gaps.formUnion(days[first..<first + length]) }

    let world = try Self.world(publisher)
    let stale = world.store.events.filter { $0.notification.type == .sourceStale }
    let recovered = world.store.events.filter { $0.notification.type == .sourceRecovered }
    #expect(stale.count == firsts.underestimatedCount)
    #expect(recovered.count == stale.count)
    #expect(world.store.events.count == 2 * stale.count)
    for (event, first) in zip(stale, firsts) {
      let missed = try #require(calendar.expected(on: days[first + length - 1], zones: zones))
      let next = try #require(calendar.nextExpected(after: missed, zones: zones))
      #expect(event.notification.timestamp >= missed + calendar.grace)
      #expect(event.notification.timestamp < next)
    }
  }
}

extension CalendarYearTests {
  @Test("a rule about missing publications fires and resolves with each gap, and at no other time")
  func rules() throws {
    let calendar = Self.calendar(.target)
    let zones = SummertimeZones()
    var publisher = PunctualPublisher(calendar: calendar, zones: zones)
    let start = try #require(CalendarDay(year: Self.year, month: 1, day: 1))
    // A Tuesday, and the last three publications before Easter.
    publisher.gaps = [start.advanced(by: 40)]
    let easter = try #require(Easter.western.sunday(of: Self.year))
    publisher.gaps.formUnion((-5 ... -3).map { easter.advanced(by: $0) })
    let world = try Self.world(
      publisher,
      rules: [
        try Fixture.rule("one", "missed >= 1"), try Fixture.rule("three", "missed >= 3"),
      ])
    let fired = world.store.fired.map { "\($0.key.rule) \($0.firedAt.day)" }
    #expect(fired == ["one 2026-02-10", "one 2026-03-31", "three 2026-04-02"])
    let resolved = world.store.fired.compactMap { world.store.resolved[$0.id]?.day.description }
    #expect(resolved == ["2026-02-11", "2026-04-07", "2026-04-07"])
  }
}

/// The time zone of Berlin in 2026, with its two changes.
struct SummertimeZones: Zones {
  /// 29 March and 25 October 2026, 01:00 UTC.
  static let summer = Timestamp(seconds: 1_774_746_000)..<Timestamp(seconds: 1_792_890_000)

  func offset(ofZone zone: String, at instant: Timestamp) -> Int? {
    Self.summer.contains(instant) ? 7200 : 3600
  }
}
