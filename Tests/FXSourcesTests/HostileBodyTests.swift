import FXCore
import FXSources
import Testing

@Suite("Hostile bodies")
struct HostileBodyTests {
  /// One way to be hostile.
  struct Hostility: CustomStringConvertible, Sendable {
    let description: String
    let body: [UInt8]

    /// Whether a description in words may find figures in it.
    var holdsFigures: Bool { description.hasPrefix("entries") }

    init(_ name: String, _ prefix: String, _ unit: String, _ suffix: String = "") {
      description = name
      let count = max(1, (HostileBodyTests.size - prefix.utf8.count) / unit.utf8.count)
      body =
        Array(prefix.utf8) + Array(repeatElement(Array(unit.utf8), count: count).joined())
        + Array(suffix.utf8)
    }
  }

  static let hostilities = [
    Hostility("zeros", "", "\0"),
    Hostility("one letter", "", "a"),
    Hostility("one tag, never ended", "", "<"),
    Hostility("elements in elements", "<html><body>", "<div>", "</body></html>"),
    Hostility("elements in elements of XML", "<?xml version=\"1.0\"?>", "<a>"),
    Hostility("formatting in formatting", "<html><body>", "<b>", "</body></html>"),
    Hostility("elements beside each other", "<r>", "<a/>"),
    Hostility("ends of nothing", "<html><body>", "</div>", "</body></html>"),
    Hostility("one comment, never ended", "<html><!--", "- -", "</body></html>"),
    Hostility("one tag of many attributes", "<r ", "a=\"\" "),
    Hostility("one tag of many names", "<html><body ", "a b ", "</body></html>"),
    Hostility("one script, never ended", "<html><script>", "</scrip", "</body></html>"),
    Hostility("ampersands", "<html><body>", "&", "</body></html>"),
    Hostility("unknown entities", "<html><body>", "&a;", "</body></html>"),
    Hostility("paragraphs in tables", "<html><body>", "<table><p>", "</body></html>"),
    Hostility("arrays in arrays", "", "["),
    Hostility("objects in objects", "", "{\"a\":"),
    Hostility("rows of nothing", "[", "{},", "{}]"),
    Hostility("one string, never ended", "[\"", "\\u0041"),
    Hostility("rows of cells", "<html><body><table>", "<tr><td>", "</table></body></html>"),
    Hostility(
      "cells over rows and columns", "<html><body><table><tr><th>Code<th>Rate</tr>",
      "<tr><td colspan=1000 rowspan=1000>1", "</table></body></html>"),
    Hostility("columns", "", "USD,"),
    Hostility(
      "days behind long words", "Date,USD,GBP\n",
      String(repeating: "1.1.", count: 70) + " 13.02.2026,-,-\n"),
    Hostility("lines", "Code,Rate\n", "\"\n"),
    Hostility("one number", "", "9"),
    Hostility("pairs without figures", "", "KGS/USD = \n"),
    Hostility("entries without an end", "", "KGS/USD = 1 0% ", "KGS/USD = 1 "),
    Hostility("entries that begin and do not end", "", "KGS/USD = 1 KGS/USD "),
    Hostility("Cyrillic", "<html><body>", "Курс", "</body></html>"),
    Hostility("bullets", "", "• "),
    Hostility("signs of broken text", "<html><body>", "\u{FFFD}", "</body></html>"),
    Hostility("titles", "<html><head>", "<title>", "</body></html>"),
    Hostility(
      "entities in entities", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">",
      "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"),
  ]

  // Unoptimised code is given less to read and more time for it.
  #if DEBUG
    static let size = BodyLimits.maximumBytes / 64
    static let patience: Duration = .seconds(20)
  #else
    static let size = BodyLimits.maximumBytes
    static let patience: Duration = .seconds(1)
  #endif

  /// A preset's reader of each kind, and some that are described in the config.
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
    "as large as is accepted are refused in one sentence, within a second", arguments: hostilities)
  func huge(hostility: Hostility) {
    let clock = ContinuousClock()
    #expect(Self.readers.count == Self.presets.count + 12)
    for reader in Self.readers {
      var text = ""
      let duration = clock.measure { text = ReadingText.of(reader, hostility.body) }
      #expect(!text.isEmpty && (text.utf8.count < 500 || hostility.holdsFigures))
      #expect(text.hasPrefix("error: ") || hostility.holdsFigures, "\(text)")
      #expect(duration < Self.patience, "\(duration) for \(text)")
    }
  }
}
