import FXCore
import FXSources
import Foundation
import Testing

@Suite("Recorded bodies", .enabled(if: RecordedBodies.arePresent))
struct RecordedBodyTests {
  @Test("of the ticker are read with their dates and changes")
  func timesca() throws {
    let reader = try #require(PresetCatalog.preset(named: "timesca")).reader
    let later = ReadingText.of(
      reader, try RecordedBodies.body("seeds/000_3a12ca24f954f7a2.txt"))
    #expect(
      later == """
        date: 2026-02-20
        KGS/USD 0.01144, change 0%
        KZT/USD 0.00202, change 0%
        TJS/USD 0.10563, change -0.09%
        UZS/USD 0.00008, change 0%
        TMT/USD 0.28490, change 0%
        headline: Opinion: Turning Rivalry into Opportunity: Kazakhstan’s Strategic Autonomy
        headline: Opinion: Central Asia and the Venezuelan Crisis
        """)
    let earlier = ReadingText.of(
      reader, try RecordedBodies.body("seeds/001_b18bd9a5f5b9491c.txt"))
    #expect(
      earlier == """
        date: 2025-03-24
        KGS/USD 0.01154, change -0.86%
        KZT/USD 0.00199, change -0%
        TJS/USD 0.09168, change 0.11%
        UZS/USD 0.00008, change 0%
        TMT/USD 0.28573, change -0.14%
        headline: Kazakhstan’s Geoeconomic Rise and Why the U.S. Must Act Now – Opinion
        headline: Opinion: How Central Asia Has Strengthened Ties with the West Since 2022
        """)
  }

  @Test(
    "of the banks are read completely",
    arguments: [
      ("bnr", "bnr/nbrfxrates.xml", "2016-12-02", 31, "AED/RON 1.1541"),
      ("cbr", "cbr/XML_daily-2026.xml", "2026-04-25", 54, "AUD/RUB 53.8359"),
      ("cbt", "cbt/kurs.xml", "2026-05-20", 48, "USD/TMT 3.5"),
      ("cnb", "cnb/denni_kurz.txt", "2016-04-05", 32, "AUD/CZK 17.918"),
      ("ecb-history", "ecb/eurofxref-hist-excerpt.csv", "2025-05-09", 30, "EUR/USD 1.1252"),
      ("frankfurter", "frankfurter/v2-rates.json", "2024-01-15", 2, "EUR/GBP 0.8623"),
      ("nbk", "nbk/get_rates.xml", "2026-04-01", 39, "AUD/KZT 328.01, change -2.13"),
      ("nbk-all", "nbk/rates_all.xml", "2016-04-18", 39, "AUD/KZT 258.1, change 0.00"),
      ("nbp-a", "nbp/table.json", "2026-03-05", 32, "THB/PLN 0.1164"),
      ("nbt", "nbt/export_xml.xml", "2026-05-18", 36, "USD/TJS 9.3450"),
      ("nbu", "nbu/exchange.xml", "2019-02-18", 61, "AUD/UAH 19.374292"),
      ("open-er-api", "open-er-api/latest-USD.json", "2025-09-10", 7, "USD/BYN 3.233971"),
      ("openexchangerates", "openexchangerates/latest.json", "2014-05-10", 165, "USD/AED 3.672947"),
      ("tcmb", "tcmb/today.xml", "2016-03-15", 37, "USD/TRY bid 2.8852"),
      ("ecb", "ecb/eurofxref-daily.xml", "2015-01-07", 31, "EUR/USD 1.1831"),
      ("cbu", "cbu/all.json", "2026-04-01", 75, "USD/UZS 12194.21, change -16.5"),
      ("nbkr", "nbkr/daily.xml", "2026-05-24", 5, "USD/KGS 87.4500"),
      ("nbkr-weekly", "nbkr/weekly.xml", "2026-05-23", 40, "GBP/KGS 117.4147"),
    ])
  func banks(name: String, file: String, day: String, count: Int, first: String) throws {
    let reader = try #require(PresetCatalog.preset(named: name)).reader
    let text = ReadingText.of(reader, try RecordedBodies.body("feeds/samples/\(file)"))
    let lines = text.split(separator: "\n")
    #expect(lines.first == "date: \(day)")
    #expect(lines.dropFirst().first.map(String.init) == first)
    #expect(lines.count == count + 1)
  }

  /// A source described in the config, and the beginning of its recorded body's reading.
  struct Described: CustomStringConvertible, Sendable {
    let file: String
    let settings: String
    let day: String
    let count: Int
    let first: String

    var description: String { file }
  }

  @Test(
    "of described sources are read",
    arguments: [
      Described(
        file: "cbr/XML_daily-2026.xml",
        settings: """
          format: xml
          rows: //Valute
          base: CharCode
          quote: RUB
          rate: VunitRate
          date: /ValCurs/@Date
          date_format: dd.mm.yyyy
          decimal: comma
          thousands: none
          """, day: "2026-04-25", count: 54, first: "AUD/RUB 53.8359"),
      Described(
        file: "nbk/rates_all.xml",
        settings: """
          format: xml
          rows: //item
          base: title
          quote: KZT
          rate: description
          nominal: quant
          change: change
          date: pubDate
          date_format: dd.mm.yy
          dates: newest
          decimal: dot
          """, day: "2016-04-18", count: 39, first: "AUD/KZT 258.1, change 0.00"),
      Described(
        file: "tcmb/today.xml",
        settings: """
          format: xml
          rows: //Currency
          base: @CurrencyCode
          quote: TRY
          bid: ForexBuying
          ask: ForexSelling
          nominal: Unit
          date: /Tarih_Date/@Tarih
          date_format: dd.mm.yyyy
          decimal: dot
          """, day: "2016-03-15", count: 37, first: "USD/TRY bid 2.8852"),
      Described(
        file: "bnr/nbrfxrates.xml",
        settings: """
          format: xml
          rows: //Cube/Rate
          base: @currency
          quote: RON
          rate: .
          nominal: @multiplier
          date: //Cube/@date
          decimal: dot
          """, day: "2016-12-02", count: 31, first: "AED/RON 1.1541"),
      Described(
        file: "nbp/table.json",
        settings: """
          format: json
          rows: 0.rates
          base: code
          quote: PLN
          rate: mid
          date: $.0.effectiveDate
          """, day: "2026-03-02", count: 32, first: "THB/PLN 0.1146"),
      Described(
        file: "open-er-api/latest-USD.json",
        settings: """
          format: json
          rows: rates.*
          base: USD
          quote: #
          rate: .
          date: $.time_last_update_unix
          date_format: unix
          """, day: "2025-09-10", count: 7, first: "USD/BYN 3.233971"),
      Described(
        file: "frankfurter/v2-rates.json",
        settings: """
          format: json
          base: base
          quote: quote
          rate: rate
          date: date
          """, day: "2024-01-15", count: 2, first: "EUR/GBP 0.8623"),
      Described(
        file: "cnb/denni_kurz.txt",
        settings: """
          format: csv
          skip: 1
          date_line: 1
          date_format: dd.mm.yyyy*
          base: kód
          quote: CZK
          rate: kurz
          nominal: množství
          decimal: comma
          """, day: "2016-04-05", count: 32, first: "AUD/CZK 17.918"),
      Described(
        file: "ecb/eurofxref.csv",
        settings: """
          format: csv
          wide: quote
          base: EUR
          date: Date
          date_format: dd Month yyyy
          decimal: dot
          """, day: "2026-04-13", count: 29, first: "EUR/USD 1.1684"),
      Described(
        file: "ecb/eurofxref-hist-excerpt.csv",
        settings: """
          format: csv
          wide: quote
          base: EUR
          date: Date
          decimal: dot
          """, day: "2025-05-09", count: 30, first: "EUR/USD 1.1252"),
    ])
  func described(source: Described) throws {
    let (definition, problems) = SourceSettings.read(
      "url: https://bank.example/\nevery: 30m\n" + source.settings)
    #expect(problems == [])
    let reader = try #require(definition).reader
    let text = ReadingText.of(reader, try RecordedBodies.body("feeds/samples/\(source.file)"))
    let lines = text.split(separator: "\n")
    #expect(lines.first.map(String.init) == "date: \(source.day)")
    #expect(lines.dropFirst().first.map(String.init) == source.first)
    #expect(lines.count == source.count + 1)
  }

  @Test("of many days contain all publications between the last known one and the newest")
  func days() throws {
    let definition = try #require(SourceDefinition.preset(named: "ecb-history"))
    let body = try RecordedBodies.body("feeds/samples/ecb/eurofxref-hist-excerpt.csv")
    let newest = try definition.read(body, contentType: "text/csv")
    func days(after day: String) throws -> [String] {
      definition.days(of: body, after: try #require(CalendarDay(text: day)), before: newest).map {
        let usd = $0.observations.first { $0.pair.description == "EUR/USD" }
        return "\($0.valueDate?.description ?? "undated") \($0.observations.count) of"
          + " \(newest.observations.count), EUR/USD \(usd?.rate.printed.description ?? "none")"
      }
    }
    #expect(newest.valueDate == CalendarDay(text: "2025-05-09"))
    #expect(try days(after: "2025-05-09") == [])
    #expect(try days(after: "2025-05-08") == [])
    #expect(
      try days(after: "2025-04-30") == [
        "2025-05-02 30 of 30, EUR/USD 1.1343", "2025-05-05 30 of 30, EUR/USD 1.1343",
        "2025-05-06 30 of 30, EUR/USD 1.1325", "2025-05-07 30 of 30, EUR/USD 1.136",
        "2025-05-08 30 of 30, EUR/USD 1.1297",
      ])
  }

  @Test("of other publishers are refused by each preset, in one sentence")
  func otherPublishers() throws {
    for path in RecordedBodies.all {
      let body = try RecordedBodies.body(path)
      for preset in PresetCatalog.all where !path.contains("nbkr/") && !path.contains("seeds/") {
        let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
        if preset.name == folder || preset.name.hasPrefix(folder + "-") { continue }
        let text = ReadingText.of(preset.reader, body)
        #expect(text.hasPrefix("error: "), "\(preset.name) reads \(path)")
        #expect(!text.contains("\n"))
      }
    }
  }
}
