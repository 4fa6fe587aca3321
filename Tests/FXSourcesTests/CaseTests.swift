import FXCore
import FXSources
import Foundation
import Testing

@Suite("Bodies of presets and of described sources")
struct CaseTests {
  @Test("are read or refused as their case expects", arguments: SourceCase.all)
  func reading(of item: SourceCase) throws {
    let reader = try item.reader()
    #expect(ReadingText.of(reader, item.body, contentType: item.contentType) == item.expected)
  }

  @Test("are complete: every case file is readable, every preset has one")
  func completeness() {
    #expect(SourceCase.all.count == SourceCase.fileCount)
    #expect(Set(SourceCase.all.map(\.preset)) == Set(PresetCatalog.all.map(\.name) + ["custom"]))
  }
}
