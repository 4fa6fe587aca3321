import FXCore
import FXSources
import Testing

@Suite("The catalogue of presets")
struct PresetCatalogTests {
  @Test("is sorted by name, without duplicates")
  func order() {
    let names = PresetCatalog.all.map(\.name)
    #expect(names == Set(names).sorted())
  }

  @Test("describes each preset completely", arguments: PresetCatalog.all.map(\.name))
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

  @Test("has the ticker's rates of 20 February 2026 as its examples")
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
