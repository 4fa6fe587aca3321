import FXCore
import FXSources
import Testing

@Suite("Proposals for a page that is not described")
struct SourceProposalTests {
  /// Returns the settings of the proposal that reads the most rates, and the rates, one in a line.
  private func best(
    for body: String, home: String? = nil
  ) throws -> (settings: String, rates: [String]) {
    let proposals = try SourceProposal.all(
      for: Array(body.utf8), contentType: nil, home: home.flatMap { Currency($0) })
    var best: (settings: String, rates: [String]) = ("", [])
    for proposal in proposals {
      guard
        let definition = proposal.definition(
          SourceName("page"), with: [.init("url", "https://x.example/"), .init("every", "1h")]),
        let reading = try? definition.reader.read(Array(body.utf8), contentType: nil),
        reading.observations.count > best.rates.count
      else { continue }
      best = (
        Self.text(proposal.settings),
        reading.observations.map { "\($0.pair) \($0.side) \($0.rate.printed) / \($0.rate.nominal)" }
      )
    }
    return best
  }

  private static func text(_ settings: [SourceProposal.Setting]) -> String {
    settings.map { setting in
      "\(setting.key): " + (setting.members.map { "{\(text($0))}" } ?? setting.value)
    }.joined(separator: ", ")
  }

  @Test("A table of a page is found by its headers, with units, both sides and the decimal mark")
  func html() throws {
    let (settings, rates) = try best(
      for: """
        <html><body><table><tr><td>menu</td></tr></table>
        <table><tr><th>Name</th><th>Code</th><th>Units</th><th>Buy</th><th>Sell</th></tr>
        <tr><td>dollar</td><td>USD</td><td>1</td><td>87,40</td><td>87,75</td></tr>
        <tr><td>yen</td><td>JPY</td><td>100</td><td>55,10</td><td>58,00</td></tr></table></body></html>
        """, home: "KGS")
    #expect(
      settings
        == "format: html, table: (//table)[2], base: Code, quote: KGS, bid: Buy, ask: Sell,"
        + " nominal: Units, decimal: comma")
    #expect(
      rates == [
        "USD/KGS bid 87.40 / 1", "USD/KGS ask 87.75 / 1", "JPY/KGS bid 55.10 / 100",
        "JPY/KGS ask 58.00 / 100",
      ])
  }

  @Test("Rates per unit of the country's currency are known by the yen, which then is high")
  func direction() throws {
    let (settings, rates) = try best(
      for: "code;rate\nUSD;1.0832\nJPY;162.45\nGBP;0.8571\n", home: "EUR")
    #expect(settings == "format: csv, quote: code, base: EUR, rate: rate, decimal: dot")
    #expect(
      rates == ["EUR/USD mid 1.0832 / 1", "EUR/JPY mid 162.45 / 1", "EUR/GBP mid 0.8571 / 1"])
  }

  @Test("A direction that no rate shows is reported as assumed")
  func noEvidence() throws {
    let proposals = try SourceProposal.all(
      for: Array("code;rate\nUSD;1.0832\nGBP;0.8571\n".utf8), contentType: nil,
      home: Currency("CHF"))
    #expect(proposals.first?.assumptions == [.currency(try #require(Currency("CHF"))), .direction])
  }

  @Test(
    "A mark that may be of decimals or of thousands, and a day that may be a month, are assumed")
  func ambiguous() throws {
    func assumptions(_ rate: String, _ day: String) throws -> [SourceProposal.Assumption] {
      try SourceProposal.all(
        for: Array("pair;rate;date\nUSD/KGS;\(rate);\(day)\nEUR/KGS;\(rate);\(day)\n".utf8),
        contentType: nil, home: nil
      )[0].assumptions
    }
    #expect(try assumptions("1,234", "03/04/2026") == [.dayFirst, .decimalMark])
    #expect(try assumptions("1,2345", "13/04/2026") == [])
    #expect(try assumptions("0,234", "04/13/2026") == [])
    #expect(try assumptions("1.234", "2026-03-04") == [.decimalMark])
    #expect(try assumptions("1.234,5", "2026-03-04") == [])
    // A dot in one text and a comma in another, and none with both.
    let mixed = try SourceProposal.all(
      for: Array("pair;bid;ask\nUSD/KGS;1.234;1,235\nEUR/KGS;1.234;1,235\n".utf8),
      contentType: nil, home: nil)
    #expect(mixed[0].assumptions == [.decimalMark])
  }

  @Test("A list in JSON is found wherever it is, with the date above it")
  func json() throws {
    let (settings, rates) = try best(
      for: """
        [{"table": "A", "effectiveDate": "2026-03-05", "rates": [
          {"currency": "dolar", "code": "USD", "mid": 3.6543},
          {"currency": "jen", "code": "JPY", "mid": 0.0243}]}]
        """, home: "PLN")
    #expect(
      settings
        == "format: json, rows: [0].rates.*, base: code, quote: PLN, rate: mid,"
        + " date: $[0].effectiveDate")
    #expect(rates == ["USD/PLN mid 3.6543 / 1", "JPY/PLN mid 0.0243 / 1"])
  }

  @Test("Elements in XML are found with the units inside of the code's text")
  func xml() throws {
    let (settings, rates) = try best(
      for: """
        <?xml version="1.0"?><list date="02.03.2026"><item><name>100 JPY</name><kurs>0.5712</kurs></item>
        <item><name>1 USD</name><kurs>0.8821</kurs></item></list>
        """, home: "CHF")
    #expect(
      settings
        == "format: xml, rows: /list/item, base: name, quote: CHF,"
        + " patterns: {base: (?<nominal>[0-9]+) (?<base>[A-Z]{3})}, rate: kurs, date: /list/@date,"
        + " date_format: dd.mm.yyyy*, decimal: dot")
    #expect(rates == ["JPY/CHF mid 0.5712 / 100", "USD/CHF mid 0.8821 / 1"])
  }

  @Test("Two currencies that are printed need none of the address")
  func pairs() throws {
    let (settings, rates) = try best(for: "pair,price\nUSD/KGS,87.40\nEUR/KGS,101.20\n")
    #expect(settings == "format: csv, pair: pair, rate: price, decimal: dot")
    #expect(rates == ["USD/KGS mid 87.40 / 1", "EUR/KGS mid 101.20 / 1"])
  }

  @Test("A ticker in any text is read as that of the preset")
  func ticker() throws {
    let (settings, rates) = try best(for: "Today\nKGS/USD = 0.01144 0%\nTJS/USD = 0.10563 -0.09%\n")
    #expect(settings == "preset: timesca")
    #expect(rates == ["KGS/USD mid 0.01144 / 1", "TJS/USD mid 0.10563 / 1"])
  }

  @Test("A body that no source can have is refused by its kind")
  func kinds() {
    #expect(throws: ParseError("the body is a PDF document, not rates")) {
      try SourceProposal.all(for: Array("%PDF-1.7 …".utf8), contentType: nil, home: nil)
    }
  }

  @Test(
    "The currency of an address is that of its country",
    arguments: [
      ("https://www.nbkr.kg/rates", "KGS"), ("https://bank.ch/", "CHF"),
      ("https://x.de:8443/", "EUR"),
      ("https://bank.co.uk/", "GBP"), ("https://api.example/", nil), ("https://rates.co/", nil),
      ("http://127.0.0.1/", nil),
    ] as [(String, String?)])
  func home(address: String, code: String?) {
    #expect(SourceProposal.home(of: address)?.code == code)
  }

  @Test(
    "A source is named after the host of its address",
    arguments: [
      ("https://www.nbkr.kg/rates", "nbkr"), ("https://bank.co.uk/", "bank"),
      ("https://www.cbr.ru/", "cbr"), ("https://www.bnm.gov.my/", "bnm"),
      ("https://www.kg/", "www"),
      ("http://127.0.0.1:8080/", "page"), ("http://localhost/", "localhost"),
    ])
  func name(address: String, name: String) {
    #expect(SourceProposal.name(for: address) == name)
  }

  @Test("Proposals survive the way from another process")
  func bytes() throws {
    let body = Array("code;rate\n100 JPY;0.5712\n1 USD;0.8821\n".utf8)
    let job = SourceProposal.job(contentType: nil, home: Currency("CHF")) + body
    #expect(
      try SourceProposal.decoded(BodyJob.carriedOut(job, atMost: 1 << 20))
        == SourceProposal.all(for: body, contentType: nil, home: Currency("CHF")))
    #expect(throws: ParseError.self) { try SourceProposal.decoded([1, 255, 3]) }
  }
}
