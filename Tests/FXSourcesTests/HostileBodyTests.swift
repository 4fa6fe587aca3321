import FXCore
import FXSources
import Testing

@Suite("Hostile bodies")
struct HostileBodyTests {
  /// One way to be hostile.
  struct Hostility: CustomStringConvertible, Sendable {
    let description: String
    let body: [UInt8]

    init(_ name: String, _ prefix: String, _ unit: String, _ suffix: String = "") {
      description = name
      let count = max(1, (BodyLimits.maximumBytes - prefix.utf8.count) / unit.utf8.count)
      body = Array(prefix.utf8) + Array(repeatElement(Array(unit.utf8), count: count).joined())
        + Array(suffix.utf8)
    }
  }

  static let hostilities = [
    Hostility("zeros", "", "\0"),
    Hostility("one letter", "", "a"),
    Hostility("one tag, never ended", "", "<"),
    Hostility("elements in elements", "<html><body>", "<div>"),
    Hostility("elements in elements of XML", "<?xml version=\"1.0\"?>", "<a>"),
    Hostility("formatting in formatting", "<html><body>", "<b>"),
    Hostility("elements beside each other", "<r>", "<a/>"),
    Hostility("ends of nothing", "<html><body>", "</div>"),
    Hostility("one comment, never ended", "<html><!--", "- -"),
    Hostility("one tag of many attributes", "<r ", "a=\"\" "),
    Hostility("one tag of many names", "<html><body ", "a b "),
    Hostility("one script, never ended", "<html><script>", "</scrip"),
    Hostility("ampersands", "<html><body>", "&"),
    Hostility("unknown entities", "<html><body>", "&a;"),
    Hostility("paragraphs in tables", "<html><body>", "<table><p>"),
    Hostility("arrays in arrays", "", "["),
    Hostility("objects in objects", "", "{\"a\":"),
    Hostility("rows of nothing", "[", "{},", "{}]"),
    Hostility("one string, never ended", "[\"", "\\u0041"),
    Hostility("one number", "", "9"),
    Hostility("pairs without figures", "", "KGS/USD = \n"),
    Hostility("pairs on one line", "", "KGS/USD = 1 0% "),
    Hostility("ticker lines that all say the same", "", "KGS/USD = 1.00000 0%\n"),
    Hostility("bullets", "", "• "),
    Hostility("broken UTF-8", "<html><body>", "\u{FFFD}"),
    Hostility("titles", "<html><head>", "<title>"),
    Hostility(
      "entities in entities", "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\">",
      "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"),
  ]

  @Test("of 4 MiB are read or refused in one sentence", arguments: hostilities)
  func huge(hostility: Hostility) {
    let clock = ContinuousClock()
    for preset in PresetCatalog.all {
      var text = ""
      let duration = clock.measure { text = ReadingText.of(preset.reader, hostility.body) }
      #expect(!text.isEmpty && text.utf8.count < 500)
      #expect(
        text.hasPrefix("error: ") == !hostility.description.hasPrefix("ticker lines")
          || preset.name != "timesca", "\(preset.name): \(text)")
      #expect(duration < .seconds(20), "\(preset.name) needs \(duration)")
      print("TIMING \(hostility) \(preset.name) \(duration) \(text.prefix(140))")
    }
  }
}
