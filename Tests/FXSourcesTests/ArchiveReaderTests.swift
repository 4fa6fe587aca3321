import FXCore
import FXSources
import Testing

@Suite("Archives of many days")
struct ArchiveReaderTests {
  /// Reads an archive as lines of `day pair rate/nominal`, in its order.
  private func lines(_ definition: SourceDefinition, _ text: String) throws -> [String] {
    var lines: [String] = []
    try definition.readArchive(Array(text.utf8)) { reading in
      for observation in reading.observations {
        let day = reading.valueDate?.description ?? "undated"
        let nominal = observation.rate.nominal == 1 ? "" : "/\(observation.rate.nominal)"
        lines.append("\(day) \(observation.pair) \(observation.rate.printed)\(nominal)")
      }
    }
    return lines
  }

  private func preset(_ name: String) throws -> SourceDefinition {
    try described("preset: \(name)")
  }

  private func described(_ settings: String) throws -> SourceDefinition {
    let (definition, problems) = SourceSettings.read(settings)
    #expect(problems == [])
    return try #require(definition)
  }

  @Test("The ECB's table since 1999: N/A, a comma at the end of lines, withdrawn currencies")
  func ecbTable() throws {
    let text = """
      Date,USD,JPY,CYP,ROL,RON,\r
      2026-01-02,1.1721,183.9,N/A,N/A,5.0985,\r
      2005-06-30,1.2092,133.95,0.57350,36030,N/A,\r
      2005-06-29,N/A,N/A,N/A,N/A,N/A,\r

      """
    #expect(
      try lines(preset("ecb"), text) == [
        "2026-01-02 EUR/USD 1.1721", "2026-01-02 EUR/JPY 183.9", "2026-01-02 EUR/RON 5.0985",
        "2005-06-30 EUR/USD 1.2092", "2005-06-30 EUR/JPY 133.95", "2005-06-30 EUR/CYP 0.57350",
        "2005-06-30 EUR/ROL 36030",
      ])
  }

  @Test("The ECB's XML of many days")
  func ecbXML() throws {
    let text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
        xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><Cube>
      <Cube time="2026-01-05"><Cube currency="USD" rate="1.1700"/></Cube>
      <Cube time="2026-01-02"><Cube currency="USD" rate="1.1721"/><Cube currency="JPY" rate="183.9"/>
      </Cube></Cube></gesmes:Envelope>
      """
    #expect(
      try lines(preset("ecb"), text) == [
        "2026-01-05 EUR/USD 1.1700", "2026-01-02 EUR/USD 1.1721", "2026-01-02 EUR/JPY 183.9",
      ])
  }

  @Test("The Bank of Russia's dynamic: one currency, its nominal by day, commas")
  func cbrDynamic() throws {
    var source = try preset("ecb")
    source.presetName = "cbr"
    let text = """
      <?xml version="1.0" encoding="windows-1251"?><ValCurs ID="R01370" DateRange1="01.03.2019"\
       DateRange2="03.03.2023" name="Foreign Currency Market Dynamic">\
      <Record Date="02.03.2019" Id="R01370"><Nominal>100</Nominal><Value>94,4065</Value>\
      <VunitRate>0,944065</VunitRate></Record><Record Date="03.03.2023" Id="R01370">\
      <Nominal>10</Nominal><Value>8,6214</Value></Record></ValCurs>
      """
    #expect(
      try lines(source, text)
        == ["2019-03-02 KGS/RUB 94.4065/100", "2023-03-03 KGS/RUB 8.6214/10"])
    #expect(
      throws: ParseError(
        "row 1: 'R99999' is not a currency (2 of 2 rows cannot be read, more than a fifth)")
    ) {
      try lines(source, text.replacing("R01370", with: "R99999"))
    }
  }

  @Test("A described table with a date in each row, and one with a column per currency")
  func describedTables() throws {
    let narrow = try described(
      """
      url: https://bank.example/
      format: csv
      every: 1h
      date: day
      base: code
      quote: KGS
      rate: rate
      """)
    #expect(
      try lines(
        narrow, "day,code,rate\n2026-01-02,USD,87.4\n2026-01-02,EUR,101\n2026-01-03,USD,87.5\n")
        == ["2026-01-02 USD/KGS 87.4", "2026-01-02 EUR/KGS 101", "2026-01-03 USD/KGS 87.5"])
    let wide = try described(
      """
      url: https://bank.example/
      format: csv
      every: 1h
      date: day
      base: AUD
      wide: quote
      """)
    #expect(
      try lines(wide, "day,USD,TWI\n2026-01-02,0.66,61\n2026-01-03,,61\n2026-01-04,0.67,61\n")
        == ["2026-01-02 AUD/USD 0.66", "2026-01-04 AUD/USD 0.67"])
  }

  @Test("A described JSON and XML document with a date in each row")
  func describedDocuments() throws {
    let json = try described(
      """
      url: https://bank.example/
      format: json
      every: 1h
      date: date
      base: base
      quote: quote
      rate: rate
      """)
    let rows = [1, 2].map {
      #"{"date":"2026-01-0\#($0)","base":"EUR","quote":"USD","rate":1.1\#($0)0}"#
    }
    #expect(
      try lines(json, "[\(rows.joined(separator: ","))]")
        == ["2026-01-01 EUR/USD 1.110", "2026-01-02 EUR/USD 1.120"])
    let xml = try described(
      """
      url: https://bank.example/
      format: xml
      every: 1h
      rows: //r
      date: @d
      base: @c
      quote: KGS
      rate: .
      """)
    #expect(
      try lines(xml, "<x><r d='2026-01-01' c='USD'>87</r><r d='2026-01-02' c='USD'>88</r></x>")
        == ["2026-01-01 USD/KGS 87", "2026-01-02 USD/KGS 88"])
  }

  /// The settings of a source in the folder of examples, with these keys.
  private func source(_ settings: String) throws -> SourceDefinition {
    try described("url: https://bank.example/\nevery: 1h\n" + settings)
  }

  private static let days = ["2026-03-02", "2026-03-03", "2026-03-04"]

  @Test("Every row keeps its day, whatever 'dates' is for a poll")
  func newestForPolls() throws {
    let json = try source("format: json\nbase: c\nquote: SEK\nrate: r\ndate: d\ndates: newest")
    let rows = Self.days.map { #"{"d":"\#($0)","c":"USD","r":9.1}"# }.joined(separator: ",")
    #expect(try lines(json, "[\(rows)]") == Self.days.map { "\($0) USD/SEK 9.1" })
    let xml = try source(
      "format: xml\nrows: //r\nbase: USD\nquote: SEK\nrate: .\ndate: @d\ndates: newest")
    let elements = Self.days.map { "<r d='\($0)'>9.1</r>" }.joined()
    #expect(try lines(xml, "<x>\(elements)</x>") == Self.days.map { "\($0) USD/SEK 9.1" })
    let csv = try source(
      "format: csv\nbase: USD\nquote: SEK\nrate: Rate\ndate: Day\ndates: newest")
    let text = "Day,Rate\n" + Self.days.map { "\($0),9.1\n" }.joined()
    #expect(try lines(csv, text) == Self.days.map { "\($0) USD/SEK 9.1" })
  }

  @Test("Tables of a page, texts and dates in pieces are archives too")
  func otherFormats() throws {
    let html = try source(
      "format: html\ntable: //table\nbase: USD\nquote: SEK\nrate: Rate\ndate: Day")
    let cells = Self.days.map { "<tr><td>\($0)<td>9.1" }.joined()
    let table = "<table><tr><th>Day<th>Rate\(cells)</table>"
    #expect(try lines(html, table) == Self.days.map { "\($0) USD/SEK 9.1" })
    #expect(try lines(html, table + table.replacing("9.1", with: "9.2")).count == 6)
    let text = try source(
      "format: text\npattern: '(?<date>[-0-9]{10}) (?<base>USD) (?<rate>[.0-9]+)'\nquote: SEK")
    #expect(
      try lines(text, Self.days.map { "\($0) USD 9.1\n" }.joined())
        == Self.days.map { "\($0) USD/SEK 9.1" })
    let pieces = try source(
      """
      format: csv
      header: Period
      wide: base
      quote: SEK
      year: 1
      month: 2
      day: 3
      carry: [year, month]
      date_format: yyyy Mon dd
      """)
    #expect(
      try lines(pieces, "Period,,,USD,EUR\n2026,Mar,02,9.1,10.1\n,,03,9.2,10.2\n")
        == [
          "2026-03-02 USD/SEK 9.1", "2026-03-02 EUR/SEK 10.1", "2026-03-03 USD/SEK 9.2",
          "2026-03-03 EUR/SEK 10.2",
        ])
  }

  @Test("Days without rates, rows without a date and unreadable rows are passed over and counted")
  func passedOver() throws {
    let source = try source("format: csv\nbase: code\nquote: SEK\nrate: rate\ndate: day")
    var text = "code,day,rate\n"
    for day in Self.days { text += "USD,\(day),9.1\nEUR,\(day),10.1\n" }
    text += "USD,2026-03-05,.\nEUR,2026-03-05,-\nUSD,,9.2\nEUR,2026-03-06,call us\n"
    var empty: [CalendarDay] = []
    var undated = 0
    var setAside: [String] = []
    var rates = 0
    try source.readArchive(Array(text.utf8)) { reading in
      setAside += reading.setAside.map(\.subject)
      if reading.observations.isEmpty {
        empty += [reading.valueDate].compactMap(\.self)
      } else if reading.valueDate == nil {
        undated += reading.observations.count
      } else {
        rates += reading.observations.count
      }
    }
    #expect(rates == 6)
    #expect(empty.map(\.description) == ["2026-03-05", "2026-03-06"])
    #expect(undated == 1)
    #expect(setAside == ["EUR/SEK"])
    #expect(throws: ParseError.self) {
      try source.readArchive(Array("code,day,rate\nUSD,2026-03-02,a\nEUR,2026-03-02,1\n".utf8)) {
        _ in
      }
    }
  }

  @Test("A page of one day is read like a polled page")
  func onePage() throws {
    #expect(
      try lines(
        preset("timesca"), "KGS/USD = 0.01144 0%\n20 February 2026\nViewing results 1 - 6\n")
        == ["2026-02-20 KGS/USD 0.01144"])
    #expect(throws: ParseError.self) { try lines(preset("ecb"), "<html>Just a moment...</html>") }
    #expect(throws: ParseError.self) { try lines(preset("ecb"), "") }
  }
}
