import FXCore
import FXDaemon
import Foundation
import Testing

@Suite("The kinds of log lines")
struct LogKindTests {
  @Test("are in the journal's catalog, each once and in order, after those of notifications")
  func catalog() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try String(
      contentsOf: root.appending(path: "systemd/fxwatch.catalog"), encoding: .utf8)
    let ids = file.matches(of: /(?m)^-- (.*)$/).map { String($0.output.1) }
    #expect(ids.suffix(LogKind.allCases.count) == LogKind.allCases.map(\.rawValue)[...])
    #expect(ids.count == LogKind.allCases.count + NotificationType.allCases.count)
    #expect(LogKind.allCases.allSatisfy { $0.rawValue.wholeMatch(of: /[0-9a-f]{32}/) != nil })
  }
}
