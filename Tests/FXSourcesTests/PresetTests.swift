import FXCore
import FXSources
import Testing

@Suite("The catalogue of presets")
struct PresetTests {
  @Test("is sorted by name, without duplicates")
  func order() {
    let names = PresetCatalog.all.map(\.name)
    #expect(names == Set(names).sorted())
  }

  @Test("gives each preset a whole description", arguments: PresetCatalog.all.map(\.name))
  func description(name: String) throws {
    let preset = try #require(PresetCatalog.preset(named: name))
    #expect(preset.url.hasPrefix("https://"))
    #expect(!preset.publisher.isEmpty && preset.terms.hasSuffix("."))
    #expect(preset.examples.count >= 5)
    for (pair, rate) in preset.examples {
      if let scale = preset.scales[pair] ?? preset.declaredScale {
        #expect(rate.printed.scale == scale, "\(pair)")
      }
    }
  }

  @Test("has the ticker's figures of 20 February 2026 as its examples")
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

@Suite("Cut bodies")
struct CutBodyTests {
  @Test(
    "are refused at whichever byte they end, or read without a figure that was not there",
    arguments: SourceCase.all.filter {
      $0.preset != "custom" && !$0.expected.hasPrefix("error: ")
    })
  func cutAnywhere(item: SourceCase) throws {
    let preset = try #require(PresetCatalog.preset(named: item.preset))
    let whole = Set(item.expected.split(separator: "\n").map(String.init))
    for end in 0..<item.body.count {
      let text = ReadingText.of(
        preset.reader, Array(item.body[..<end]), contentType: item.contentType)
      if text.hasPrefix("error: ") {
        #expect(!text.contains("\n") && text.utf8.count < 500)
        continue
      }
      for line in text.split(separator: "\n").map(String.init)
      where !line.hasPrefix("headline: ") && line != "date: none" {
        #expect(whole.contains(line), "cut at byte \(end)")
      }
    }
  }
}
