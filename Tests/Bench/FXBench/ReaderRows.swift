import CBench
import FXCore
import FXSources

/// Measures the reading of bodies.
enum ReaderRows {
  private static let rounds = 7

  /// A page with only a ticker, of 4 MB.
  static func ticker(_ environment: Environment) throws -> [Result] {
    let group = """
      KGS/USD = 0.01144 0%
      KZT/USD = 0.00202 0%
      TJS/USD = 0.10563 -0.09%
      UZS/USD = 0.00008 0%
      TMT/USD = 0.28490 0%

      """
    let copies = 4_000_000 / group.utf8.count
    let text = String(repeating: group, count: copies) + "20 February 2026\n"
    let body = Array(text.utf8)
    guard let preset = PresetCatalog.preset(named: "timesca") else {
      throw BenchFailure("unknown preset timesca")
    }
    var rates: [Double] = []
    var bare: [Double] = []
    for _ in 0..<rounds {
      let start = bench_now()
      let reading = try preset.reader.read(body, contentType: "text/plain; charset=utf-8")
      rates.append(Double(body.count) / (bench_now() - start) / 1e6)
      guard reading.observations.count == 5 else { throw BenchFailure("the ticker was misread") }
      var found: Int64 = 0
      let took = body.withUnsafeBytes {
        bench_scan_ticker($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, &found)
      }
      guard found == copies * 5 else { throw BenchFailure("the scanner misread the ticker") }
      bare.append(Double(body.count) / took / 1e6)
    }
    return [
      Result(
        name: "text ticker", goal: .atLeast(150), value: rates.median, unit: "MB/s",
        baseline: bare.median)
    ]
  }

  /// A bank's page of 150 rates in a table, with typical menus around it.
  ///
  /// Each of fxwatch and libxml2 reads it twice in turn, and the second time counts: the allocator frees
  /// the tree of a document only when the next one is created, which would otherwise be counted for the
  /// other.
  static func html(_ environment: Environment) throws -> [Result] {
    var page = "<!doctype html><html><head><title>Rates</title></head><body>"
    for item in 0..<2000 {
      page +=
        "<div class=\"menu\"><a href=\"/page/\(item)?lang=en&amp;x=1\">Item \(item)</a></div>\n"
    }
    page += "<table id=\"rates\"><tbody>"
    for row in 0..<150 {
      page += "<tr><td>\(codes[row])</td><td><b>\(row + 10).1250</b></td></tr>\n"
    }
    page += "</tbody></table><footer>2026-02-20</footer></body></html>"
    let body = Array(page.utf8)
    guard let rows = XPath("//table[@id='rates']//tr"), let code = XPath("td[1]"),
      let rate = XPath("td[2]")
    else { throw BenchFailure("invalid XPath") }
    var columns = RateColumns(number: .dot)
    columns.quote = Currency("XTS")
    columns.requiresDate = false
    let reader = XMLRates(
      .html, title: "the rates", rows: rows, fields: [.base: code, .rate: rate], columns: columns)
    var rates: [Double] = []
    var bare: [Double] = []
    for _ in 0..<rounds * 4 {
      var took = (ours: 0.0, bare: 0.0)
      for _ in 0..<2 {
        let start = bench_now()
        let reading = try reader.read(body, contentType: "text/html; charset=utf-8")
        took.ours = bench_now() - start
        guard reading.observations.count == 150 else { throw BenchFailure("the page was misread") }
      }
      for _ in 0..<2 {
        var found: Int64 = 0
        took.bare = body.withUnsafeBytes {
          bench_html(
            $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count,
            "//table[@id='rates']//tr", "td[1]", "td[2]", &found)
        }
        guard found == 300 else { throw BenchFailure("libxml2 found \(found) cells") }
      }
      rates.append(Double(body.count) / took.ours / 1e6)
      bare.append(Double(body.count) / took.bare / 1e6)
    }
    return [
      Result(
        name: "HTML page by XPath", goal: .ofBaseline(0.8), value: rates.median, unit: "MB/s",
        baseline: bare.median)
    ]
  }

  /// The codes of the currencies in use.
  static let codes = CurrencyRegistry.active.map(\.code)

  /// All pairs of these codes, more than 10 000.
  static let pairs = codes.flatMap { base in
    codes.compactMap { quote in base == quote ? nil : (base: base, quote: quote) }
  }

  /// Returns a code of three letters by number, which may not be a currency.
  static func code(_ number: Int) -> String {
    let letters = [number / 676 % 26, number / 26 % 26, number % 26]
    return String(decoding: letters.map { UInt8(ascii: "A") + UInt8($0) }, as: UTF8.self)
  }
}
