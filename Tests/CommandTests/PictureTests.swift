import Foundation
import Support
import Testing

@Suite("The picture in README.md", .timeLimit(.minutes(5)))
struct PictureTests {
  @Test("shows what fxwatch demo prints; make picture renews it")
  func demo() async throws {
    let picture = try String(
      contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../demo.svg"), encoding: .utf8)
    let scratch = try Scratch()
    let ending = try await ChildProcess(
      Installation.program, ["demo"], directory: scratch.path
    ).ending()
    #expect(ending.status == 0)
    let printed = Set(ending.output.split(separator: "\n").map { Self.withoutChance($0) })
    let drawn = picture.split(separator: "\n").filter { $0.hasPrefix("<text") }.map { line in
      let text = line.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
      return text.replacing("&gt;", with: ">").replacing("&lt;", with: "<").replacing(
        "&amp;", with: "&")
    }
    #expect(drawn.first == "$ fxwatch demo" && drawn.count > 15)
    for line in drawn.dropFirst() where !line.isEmpty {
      let isCut = line.last == "…"
      let expected = Self.withoutChance(isCut ? line.dropLast() : line[...])
      let isPrinted = printed.contains { isCut ? $0.hasPrefix(expected) : $0 == expected }
      #expect(isPrinted, "\(line)")
    }
  }

  /// A line without what differs each time: instants, identifiers, signatures and ages.
  private static func withoutChance(_ line: Substring) -> String {
    var text = String(line)
    let patterns = [
      #"20\d\d-\d\d-\d\dT[\d:.]*Z?"#, #"(evt|alert)_[0-9a-f]*(_\d+)?"#, #"timestamp: \d+"#,
      #"v1,\S+"#, #" +\d+s +\d+s"#,
    ]
    for pattern in patterns {
      text = text.replacingOccurrences(of: pattern, with: "-", options: .regularExpression)
    }
    return text
  }
}
