import FXCore
import FXSources
import Testing

@Suite("Hostile bodies")
struct HostileBodyTests {
  /// A body that is expensive to read.
  struct HostileBody: CustomStringConvertible, Sendable {
    let description: String
    let body: [UInt8]

    /// True if a `text` source may find rates in it.
    var hasRates: Bool { description.hasPrefix("entries") }

    init(_ name: String, _ prefix: String, _ unit: String, _ suffix: String = "") {
      description = name
      let count = max(1, (HostileBodyTests.size - prefix.utf8.count) / unit.utf8.count)
      body =
        Array(prefix.utf8) + Array(repeatElement(Array(unit.utf8), count: count).joined())
        + Array(suffix.utf8)
    }
  }

  static let bodies = [
    HostileBody("zeros", "", "\0"),
    HostileBody("one letter", "", "a"),
    HostileBody("one tag, never ended", "", "<"),
    HostileBody("elements in elements", "<html><body>", "<div>", "</body></html>"),
    HostileBody("elements in elements of XML", "<?xml version=\"1.0\"?>", "<a>"),
    HostileBody("formatting in formatting", "<html><body>", "<b>", "</body></html>"),
    HostileBody("elements beside each other", "<r>", "<a/>"),
    HostileBody("ends of nothing", "<html><body>", "</div>", "</body></html>"),
    HostileBody("one comment, never ended", "<html><!--", "- -", "</body></html>"),
    HostileBody("one tag of many attributes", "<r ", "a=\"\" "),
    HostileBody("one tag of many names", "<html><body ", "a b ", "</body></html>"),
    HostileBody("one script, never ended", "<html><script>", "</scrip", "</body></html>"),
    HostileBody("ampersands", "<html><body>", "&", "</body></html>"),
    HostileBody("unknown entities", "<html><body>", "&a;", "</body></html>"),
    HostileBody("paragraphs in tables", "<html><body>", "<table><p>", "</body></html>"),
    HostileBody("arrays in arrays", "", "["),
    HostileBody("objects in objects", "", "{\"a\":"),
    HostileBody("rows of nothing", "[", "{},", "{}]"),
    HostileBody("one string, never ended", "[\"", "\\u0041"),
    HostileBody("rows of cells", "<html><body><table>", "<tr><td>", "</table></body></html>"),
    HostileBody(
      "cells over rows and columns", "<html><body><table><tr><th>Code<th>Rate</tr>",
      "<tr><td colspan=1000 rowspan=1000>1", "</table></body></html>"),
    HostileBody("columns", "", "USD,"),
    HostileBody(
      "days behind long words", "Date,USD,GBP\n",
      String(repeating: "1.1.", count: 70) + " 13.02.2026,-,-\n"),
    HostileBody("lines", "Code,Rate\n", "\"\n"),
    HostileBody("one number", "", "9"),
    HostileBody("pairs without rates", "", "KGS/USD = \n"),
    HostileBody("entries without an end", "", "KGS/USD = 1 0% ", "KGS/USD = 1 "),
    HostileBody("entries that begin and do not end", "", "KGS/USD = 1 KGS/USD "),
    HostileBody("Cyrillic", "<html><body>", "Курс", "</body></html>"),
    HostileBody("bullets", "", "• "),
    HostileBody("signs of broken text", "<html><body>", "\u{FFFD}", "</body></html>"),
    HostileBody("titles", "<html><head>", "<title>", "</body></html>"),
    HostileBody(
      "entities in entities", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">",
      "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"),
  ]

  // Debug builds read smaller bodies and have more time.
  #if DEBUG
    static let size = BodyLimits.maximumBytes / 64
    static let timeLimit: Duration = .seconds(20)
  #else
    static let size = BodyLimits.maximumBytes
    static let timeLimit: Duration = .seconds(1)
  #endif

  /// One preset of each reader type, and readers described in the config.
  static let presets = ["boc", "cbu", "cnb", "ecb", "timesca"]
  static let readers: [any SourceReader] =
    presets.compactMap { PresetCatalog.preset(named: $0)?.reader }
    + [
      "format: html\nrows: //table//tr[td]\nbase: td[1]\nquote: KZT\nrate: td[2]",
      "format: xml\nrows: //item\nbase: title\nquote: KZT\nrate: description",
      "format: json\nrows: rates.*\nbase: #\nquote: KZT\nrate: .",
      "format: csv\nbase: Code\nquote: KZT\nrate: Rate",
      "format: csv\nwide: quote\nbase: EUR\ndate: Date",
      "format: csv\nwide: quote\nbase: EUR\ndate: Date\ndate_format: '*dd.mm.yyyy*'",
      "format: html\ntable: //table\nbase: Code\nquote: KZT\nrate: Rate",
      "format: json\nrows: data.*\nparallel: true\nbase: c\nquote: KZT\nrate: r",
      "format: text\npattern: (?<base>[A-Z]{3}) = (?<rate>[0-9.]+)\nquote: KZT",
      "format: regex\npattern: (?s)(?<base>[A-Z]+).*=\\s*(?<rate>[0-9]+);\nquote: KZT",
      "format: regex\npattern: (?<base>(a+)+b|.*+z)(?<rate>[0-9]+)\nquote: KZT",
      "format: json\ninside: (?s)rates = (.*);\nrows: r\nbase: c\nquote: KZT\nrate: r",
    ].compactMap {
      SourceSettings.read("url: https://bank.example/\nevery: 1h\n" + $0).definition?.reader
    }

  @Test(
    "of the largest accepted size are refused in one sentence, within a second", arguments: bodies)
  func huge(hostile: HostileBody) {
    let clock = ContinuousClock()
    #expect(Self.readers.count == Self.presets.count + 12)
    for reader in Self.readers {
      var text = ""
      let duration = clock.measure { text = ReadingText.of(reader, hostile.body) }
      #expect(!text.isEmpty && (text.utf8.count < 500 || hostile.hasRates))
      #expect(text.hasPrefix("error: ") || hostile.hasRates, "\(text)")
      #expect(duration < Self.timeLimit, "\(duration) for \(text)")
    }
  }
}
