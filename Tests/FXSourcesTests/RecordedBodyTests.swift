import FXCore
import FXSources
import Foundation
import Testing

/// Bodies recorded from publishers; they are third parties' and not part of this package.
enum RecordedBodies {
  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared")

  static let arePresent = FileManager.default.fileExists(
    atPath: folder.appending(path: "feeds/samples").path)

  static func body(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: path)))
  }

  /// Every recorded body, whatever its publisher.
  static var all: [String] {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return paths.filter { path in
      ["xml", "json", "txt", "html", "csv"].contains { path.hasSuffix(".\($0)") }
        && (path.hasPrefix("feeds/") || path.hasPrefix("seeds/"))
    }.sorted()
  }
}

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
    "of the banks are read to every pair that is in force",
    arguments: [
      ("ecb", "ecb/eurofxref-daily.xml", "2015-01-07", 31, "EUR/USD 1.1831"),
      ("cbu", "cbu/all.json", "2026-04-01", 74, "USD/UZS 12194.21, change -16.5"),
      ("nbkr", "nbkr/daily.xml", "2026-05-24", 5, "USD/KGS 87.4500"),
      ("nbkr-weekly", "nbkr/weekly.xml", "2026-05-23", 39, "GBP/KGS 117.4147"),
    ])
  func banks(name: String, file: String, day: String, count: Int, first: String) throws {
    let reader = try #require(PresetCatalog.preset(named: name)).reader
    let text = ReadingText.of(reader, try RecordedBodies.body("feeds/samples/\(file)"))
    let lines = text.split(separator: "\n")
    #expect(lines.first == "date: \(day)")
    #expect(lines.dropFirst().first.map(String.init) == first)
    #expect(lines.count == count + 1)
  }

  @Test("of other publishers are refused by each preset, in one sentence")
  func strangers() throws {
    for path in RecordedBodies.all {
      let body = try RecordedBodies.body(path)
      for preset in PresetCatalog.all where !path.contains("nbkr/") && !path.contains("seeds/") {
        if path.contains("/\(preset.name)/") { continue }
        let text = ReadingText.of(preset.reader, body)
        #expect(text.hasPrefix("error: "), "\(preset.name) reads \(path)")
        #expect(!text.contains("\n"))
      }
    }
  }
}
