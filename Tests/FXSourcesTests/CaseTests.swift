import FXCore
import FXSources
import Foundation
import Testing

@Suite("Bodies of the presets, and of sources that are described")
struct CaseTests {
  @Test("are read as their case says, or refused in its words", arguments: SourceCase.all)
  func reading(of item: SourceCase) throws {
    let reader = try item.reader()
    #expect(ReadingText.of(reader, item.body, contentType: item.contentType) == item.expected)
  }

  @Test("are all found: every case file is readable, every preset has one")
  func walk() {
    #expect(SourceCase.all.count == SourceCase.fileCount)
    #expect(Set(SourceCase.all.map(\.preset)) == Set(PresetCatalog.all.map(\.name) + ["custom"]))
  }
}
