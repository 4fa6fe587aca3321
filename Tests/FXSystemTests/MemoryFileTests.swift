import FXSystem
import Foundation
import Testing

@Suite("A file in memory")
struct MemoryFileTests {
  @Test("is read by its path, more than once, and is gone with its last reference")
  func content() throws {
    var file: MemoryFile? = try MemoryFile("a secret\n")
    let path = try #require(file?.path)
    for _ in 1...2 {
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "a secret\n")
    }
    file = nil
    #expect((try? String(contentsOfFile: path, encoding: .utf8)) != "a secret\n")
  }
}
