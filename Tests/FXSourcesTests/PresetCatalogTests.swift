import FXCore
import FXSources
import Testing

@Suite("The catalogue of presets")
struct PresetCatalogTests {
  @Test("is sorted by name, without duplicates")
  func order() {
    let names = PresetCatalog.all.map(\.name)
    #expect(names == Set(names).sorted())
  }

  @Test("describes each preset completely", arguments: PresetCatalog.all.map(\.name))
  func description(name: String) throws {
    let preset = try #require(PresetCatalog.preset(named: name))
    #expect(preset.url.hasPrefix("https://"))
    #expect(!preset.publisher.isEmpty && preset.terms.hasSuffix("."))
    #expect(preset.examples.count >= (Self.fewPairs.contains(name) ? 1 : 5))
    for (pair, rate) in preset.examples {
      if let scale = preset.scales[pair] ?? preset.declaredScale {
        #expect(rate.printed.scale == scale, "\(pair)")
      }
    }
  }

  /// The presets of publishers with fewer than five pairs.
  private static let fewPairs: Set<String> = [
    "argentinadatos", "banrep", "bcrp", "bluelytics", "boj", "cbr-metals", "dolarapi-blue",
    "dolarapi-bolsa", "dolarapi-contadoconliqui", "dolarapi-cripto", "dolarapi-oficial", "kase",
    "lbma-gold-am", "lbma-gold-pm", "lbma-silver", "nbp-gold", "tcmb-evds",
  ]

  /// The presets that publish on every day of the year.
  private static let everyDay: Set<String> = ["open-er-api"]

  @Test(
    "gives each preset with a calendar the holidays of its publisher",
    arguments: PresetCatalog.all.map(\.name))
  func holidays(name: String) throws {
    let preset = try #require(PresetCatalog.preset(named: name))
    guard let calendar = preset.schedule.calendar else { return }
    #expect((calendar.holidays == .none) == Self.everyDay.contains(name))
  }

  @Test(
    "expects no publication on a public holiday, so that nothing is stale after it",
    arguments: [
      ("cnb", "2026-07-06"), ("nbp-a", "2026-11-11"), ("nbp-b", "2026-11-11"),
      ("ecb", "2026-04-03"),
      ("ecb-90d", "2026-12-25"), ("frankfurter", "2026-04-06"), ("boc", "2026-07-01"),
      ("rba", "2026-01-26"), ("norges", "2026-04-02"), ("riksbank", "2026-06-19"),
      ("bazg", "2026-05-14"), ("bnr", "2026-12-01"), ("cbr", "2026-06-12"),
      ("cbr-json", "2026-06-12"), ("nbu", "2026-08-24"), ("nbk", "2026-07-06"),
      ("nbk-all", "2026-12-16"), ("nbkr", "2026-08-31"), ("nbkr-weekly", "2026-08-31"),
      ("nbt", "2026-09-09"), ("cbu", "2026-09-01"), ("cbt", "2026-05-18"), ("tcmb", "2026-04-23"),
      ("nbg", "2026-05-26"), ("nbrb", "2026-07-03"), ("nbm", "2026-08-27"),
    ])
  func holiday(name: String, day: String) throws {
    let preset = try #require(PresetCatalog.preset(named: name))
    let calendar = try #require(preset.schedule.calendar)
    let holiday = try #require(CalendarDay(text: day))
    #expect(!calendar.prints(on: holiday))
    let zones = UTCZones()
    let before = try #require(
      calendar.lastExpected(before: calendar.instant(on: holiday, zones: zones), zones: zones))
    let next = try #require(
      calendar.nextExpected(after: calendar.instant(on: holiday, zones: zones), zones: zones))
    #expect(calendar.missed(between: before, and: next, zones: zones) == 0)
  }

  @Test("expects no publication of the Swiss customs office on weekends")
  func weekends() throws {
    let preset = try #require(PresetCatalog.preset(named: "bazg"))
    #expect(preset.schedule.calendar?.weekdays == [1, 2, 3, 4, 5])
  }

  private struct UTCZones: Zones {
    func offset(ofZone zone: String, at instant: Timestamp) -> Int? { 0 }
  }

  @Test("has the ticker's rates of 20 February 2026 as its examples")
  func ticker() throws {
    let preset = try #require(PresetCatalog.preset(named: "timesca"))
    #expect(preset.dating == .pageDay)
    #expect(
      Dictionary(
        uniqueKeysWithValues: preset.examples.map {
          ($0.key.description, $0.value.printed.description)
        }) == [
          "KGS/USD": "0.01144", "KZT/USD": "0.00202", "TJS/USD": "0.10563", "UZS/USD": "0.00008",
          "TMT/USD": "0.28490",
        ])
  }
}
