import FXCore
import FXSources
import Testing

@Suite("A source described in the config")
struct CustomSourceTests {
  /// The settings of a source except its address, a body, and the expected reading.
  struct Described: CustomStringConvertible, Sendable {
    let description: String
    let settings: String
    let body: String
    let expected: String
  }

  @Test("has printed changes of at most 64 characters, and --explain shows at most 500 of a text")
  func lengths() throws {
    let source = try #require(
      SourceSettings.read(
        "url: https://a.example/\nevery: 1h\nformat: json\nrows: r\nbase: b\nquote: USD\nrate: v\nchange: c"
      ).definition)
    for (count, kept) in [(64, 64), (65, 64), (300_000, 64)] {
      let change = String(repeating: "ü", count: count)
      let body = Array(#"{"r":[{"b":"KGS","v":"0.01","c":"\#(change)"}]}"#.utf8)
      let shown = String(repeating: "ü", count: kept) + (count > kept ? "…" : "")
      let reading = try source.read(body, contentType: nil)
      #expect(reading.observations.map(\.publishedChange) == [shown])
      let texts = try source.origins(in: body, contentType: nil).flatMap(\.printed).map(\.text)
      #expect(texts.allSatisfy { $0.count <= 501 })
    }
  }

  @Test(
    "is read as described",
    arguments: [
      Described(
        description: "JSON with codes as keys and the day of the document",
        settings:
          "format: json\nrows: data.rates.*\nbase: USD\nquote: #\nrate: .\ndate: $.data.date",
        body: #"{"data":{"date":"2026-02-20","rates":{"KZT":498.125,"KGS":"87.45","EUR":null}}}"#,
        expected: "date: 2026-02-20\nUSD/KZT 498.125\nUSD/KGS 87.45"),
      Described(
        description: "JSON of most rate APIs, without settings",
        settings: "format: json",
        body: #"{"base":"USD","date":"2026-02-20","rates":{"KZT":498.125,"XYZW":1}}"#,
        expected: "error: row 2: 'XYZW' is not a currency; list it in 'names' or 'ignore'"),
      Described(
        description: "JSON of other rate APIs, with a Unix time, without settings",
        settings: "format: json\nignore: [KGS]",
        body: #"{"result":"success","time_last_update_unix":1771545602,"base_code":"USD","#
          + #""conversion_rates":{"USD":1,"EUR":0.8539,"KGS":87.4}}"#,
        expected: "date: 2026-02-20\nUSD/EUR 0.8539"),
      Described(
        description: "a list of JSON objects, without settings",
        settings: "format: json",
        body: #"[{"date":"2026-02-20","base":"EUR","quote":"USD","rate":1.1684}]"#,
        expected: "date: 2026-02-20\nEUR/USD 1.1684"),
      Described(
        description: "any other JSON, without settings",
        settings: "format: json",
        body: #"{"base":"USD","values":{"EUR":0.8539}}"#,
        expected:
          "error: the body is JSON of an unknown structure; expected 'base' and 'rates', or a"
          + " list with 'base', 'quote' and 'rate'; set 'rows', 'base', 'quote' and 'rate' for any"
          + " other"),
      Described(
        description: "JSON strings with decimal commas, and JSON numbers",
        settings: "format: json\nbase: EUR\nquote: c\nbid: buy\nask: sell\ndecimal: comma",
        body: #"[{"c":"USD","buy":"1,569300","sell":1.5}]"#,
        expected: "date: none\nEUR/USD bid 1.569300\nEUR/USD ask 1.5"),
      Described(
        description: "ambiguous JSON strings",
        settings: "format: json\nbase: EUR\nquote: c\nrate: r",
        body: #"[{"c":"USD","r":"1,400"}]"#,
        expected:
          "error: the rate of EUR/USD cannot be read: '1,400' is ambiguous (1.400 or 1400); set"
          + " 'decimal: dot' or 'decimal: comma'"),
      Described(
        description: "XML in any namespace with pairs, an exponent and a change",
        settings: "format: xml\nrows: //o\npair: @key\nrate: v\nexponent: @mult\nchange: d",
        body:
          "<x:r xmlns:x='urn:x'><x:o key='JPYNOK' mult='2'><x:v>6.4015</x:v><x:d>-0.01</x:d></x:o></x:r>",
        expected: "date: none\nJPY/NOK 6.4015 per 100, change -0.01"),
      Described(
        description: "an HTML table with names instead of codes and thousands by spaces",
        settings:
          "format: html\nrows: //table[@id='fx']//tr[td]\nbase: td[1]\nquote: KZT\nrate: td[2]"
          + "\nnominal: 100\ndecimal: comma\nthousands: space\nnames: {US dollar: USD, Euro: EUR}"
          + "\nignore: [Basket]\ndate: //p[@class='d']\ndate_format: d Mon yyyy",
        body: "<html><p class=d>9 Feb 2026<table id=fx><tr><th>Name<th>Rate<tr><td>US dollar"
          + "<td>49&nbsp;812,50<tr><td>Basket<td>x<tr><td> Euro<td>&mdash;</table>",
        expected: "date: 2026-02-09\nUSD/KZT 49812.50 per 100"),
      Described(
        description: "a challenge page where HTML is expected",
        settings: "format: html\nrows: //tr\nbase: td[1]\nquote: KZT\nrate: td[2]",
        body: "<html><title>Just a moment...</title></html>",
        expected:
          "error: the body is an HTML page titled 'Just a moment...' (a bot check), not the rates"),
      Described(
        description: "semicolons, quotes and a byte-order mark",
        settings:
          "format: csv\nbase: Code\nquote: DKK\nrate: Rate\ndate: Day\ndate_format: yyyymmdd"
          + "\nnominal: 100\ndecimal: comma\nthousands: dot",
        body:
          "\u{FEFF}Day;\"Code\";Rate\r\n20260220;USD;\"632,15\"\r\n20260220;KWD;2.061,04\r\n\r\n",
        expected: "date: 2026-02-20\nUSD/DKK 632.15 per 100\nKWD/DKK 2061.04 per 100"),
      Described(
        description: "a wide table, oldest row first, with a trailing separator",
        settings:
          "format: csv\nwide: base\nquote: AUD\ndate: 1\ndate_format: dd-Mon-yyyy\nskip: 1\ndecimal: dot",
        body:
          "Exchange rates\nSeries,USD,TWI,JPY,\n18-Feb-2026,0.7,61,108.11,\n19-Feb-2026,0.71,62,N/A,\n",
        expected: "date: 2026-02-19\nUSD/AUD 0.71"),
      Described(
        description: "a missing column",
        settings: "format: csv\nbase: Code\nquote: DKK\nrate: Rate",
        body: "Day,Code\n1,USD\n",
        expected: "error: the text has no column 'Rate'; its columns are Day, Code"),
    ])
  func described(source: Described) throws {
    let (definition, problems) = SourceSettings.read(
      "url: https://bank.example/\nevery: 30m\n" + source.settings)
    #expect(problems == [])
    let reader = try #require(definition).reader
    #expect(ReadingText.of(reader, Array(source.body.utf8)) == source.expected)
  }

  @Test("reports all errors of its description at once")
  func mistakes() {
    let (definition, problems) = SourceSettings.read(
      """
      format: xml
      rows: //[
      rate: Value
      decimal: comma
      thousands: comma
      date: @d
      date_format: soon
      charset: utf-9
      names: {Dollar: US}
      delimiter: ;
      """)
    #expect(definition == nil)
    #expect(
      problems.map { $0.replacing("f.yaml:", with: "") } == [
        "1:1: sources.s: the currencies of the rates are missing; write 'base' and 'quote',"
          + " or 'pair'",
        "2:1: sources.s.rows: '//[' is not an XPath expression",
        "5:1: sources.s.thousands: 'comma' is already the decimal mark; choose another",
        "7:1: sources.s.date_format: 'soon' is not a date format such as dd.mm.yyyy or d Month"
          + " yyyy, with * for any text",
        "8:1: sources.s.charset: 'utf-9' is not a charset such as windows-1251",
        "9:1: sources.s.names.Dollar: 'US' is not a currency such as USD, units of one such as 100"
          + " JPY, or a pair USD/JPY",
        "10:1: sources.s: unknown key 'delimiter'; expected one of absent, allow_private, ask,"
          + " base, bid, body, calendar, change, charset, date, date_format, dates, dating, day,"
          + " decimal, direction, each, error, every, exponent, first, format, headers, ignore,"
          + " inside, key, max_body, max_series, month, months, names, next, nominal, only, pair,"
          + " patterns, preset, proxy, publishes, quote, rate, rates, redirects, repeats,"
          + " requires, round, rows, scale, side, sides, swap, thousands, timeout, tls, unit,"
          + " url, where, year, zone",
      ])
  }

  @Test("requires an address, an interval and, for markup, rows as XPath")
  func missing() {
    let (definition, problems) = SourceSettings.read(
      "format: html\nrows: //[\nbase: USD\nquote: td\nrate: td[2]")
    #expect(definition == nil)
    #expect(problems == ["f.yaml:2:1: sources.s.rows: '//[' is not an XPath expression"])
    #expect(
      SourceSettings.read("format: json\npair: USD/KZT\nrate: r").problems == [
        "f.yaml:1:1: sources.s: 'url' is required for a source without a preset",
        "f.yaml:1:1: sources.s: 'every' or 'publishes' is required for a source without a preset;"
          + " write an interval such as 'every: 30m'",
      ])
    #expect(
      SourceSettings.read("preset: ecb\nformat: xml").problems == [
        "f.yaml:2:1: sources.s.format: 'format' cannot be combined with 'preset'; remove one of them"
      ])
  }

  @Test("gets the position of an error in a pattern, and the known groups")
  func patterns() {
    let settings = "url: https://a.example/\nevery: 1h\nformat: regex\nbase: USD\nquote: KGS\n"
    #expect(
      SourceSettings.read(settings + "pattern: (?<rate>[0-9]+").problems
        == [
          "f.yaml:6:1: sources.s.pattern: '(?<rate>[0-9]+' is not a regular expression: missing closing"
            + " parenthesis, at character 15",
          "f.yaml:1:1: sources.s: 'rate' is missing; write 'rate', or 'bid' and"
            + " 'ask'",
        ].sorted { $0.contains("f.yaml:1") && !$1.contains("f.yaml:1") })
    #expect(
      SourceSettings.read(settings + "pattern: (?<rat>[0-9]+)").problems.last
        == "f.yaml:6:1: sources.s.pattern: unknown group 'rat'; expected one of pair, base, quote,"
        + " rate, bid, ask, side, nominal, exponent, date, year, month, day, direction, change; did you mean 'rate'?"
    )
    #expect(
      SourceSettings.read(settings).problems.first
        == "f.yaml:1:1: sources.s: 'pattern' is required; write a regular expression that matches once"
        + " per rate, with named groups such as (?<base>[A-Z]{3}) (?<rate>[0-9.]+)")
  }

  @Test("shows the printed texts of each observation")
  func origins() throws {
    let (definition, _) = SourceSettings.read(
      "url: https://a.example/\nevery: 1h\nformat: xml\nrows: //r\nbase: @c\nquote: KGS\nrate: .\ndecimal: comma"
    )
    let origin = try #require(
      definition?.origins(
        in: Array("<x>\n<r c='USD'>87,4500</r></x>".utf8), contentType: nil
      ).first)
    #expect(origin.place == "line 2, row 1 of //r")
    #expect(
      origin.printed.map { "\($0.field) '\($0.text)'" } == ["base 'USD'", "rate '87,4500'"])
    #expect(origin.observation.rate.printed.description == "87.4500")
    let ticker = try #require(PresetCatalog.preset(named: "timesca")).reader
    #expect(
      try ticker.origins(
        in: Array("Menu\nKGS/USD = 0.01144 0%\nKGS/USD = 0.01144 0%\n".utf8), contentType: nil
      ).map(\.place) == ["line 2 of the page's text, 2 times"])
  }

  @Test("differs from a source with another description")
  func equality() {
    let settings = "url: https://a.example/\nevery: 1h\nformat: json\npair: USD/KZT\nrate: "
    #expect(SourceSettings.read(settings + "a").definition != nil)
    #expect(
      SourceSettings.read(settings + "a").definition
        == SourceSettings.read(settings + "a").definition)
    #expect(
      SourceSettings.read(settings + "a").definition
        != SourceSettings.read(settings + "b").definition)
  }
}
