import FXCore
import FXNotifiers
import Foundation
import Testing

@Suite("The journal's message catalog")
struct MessageCatalogTests {
  /// The file's parts: identifier, headers and text.
  private static func parts() throws -> [(id: String, headers: [String], text: String)] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = try String(
      contentsOf: root.appending(path: "systemd/fxwatch.catalog"), encoding: .utf8)
    return file.components(separatedBy: "\n-- ").dropFirst().map { part in
      let sections = part.components(separatedBy: "\n\n")
      let lines = sections[0].components(separatedBy: "\n")
      return (lines[0], Array(lines.dropFirst()), sections.dropFirst().joined(separator: "\n\n"))
    }
  }

  @Test("begins with the MESSAGE_ID of every type of notification; those of the log follow")
  func complete() throws {
    let ids = try Self.parts().map(\.id)
    #expect(
      ids.prefix(NotificationType.allCases.count)
        == NotificationType.allCases.map { MessageIDs.id(of: $0) }[...])
    #expect(Set(ids).count == ids.count)
    for type in NotificationType.allCases {
      #expect(try MessageIDs.id(of: type).wholeMatch(of: Regex("[0-9a-f]{32}")) != nil)
    }
    #expect(
      Set(NotificationType.allCases.map { MessageIDs.id(of: $0) }).count
        == NotificationType.allCases.count)
  }

  @Test("gives each a subject and an explanation, with fields that entries have")
  func explained() throws {
    let fields = Set(
      [
        "EVENT", "ALERT_ID", "RULE", "SOURCE", "PAIR", "RATE", "PREVIOUS", "CHANGE", "VALUE_DATE",
        "SEVERITY", "NOTIFIER",
      ].map { "FXWATCH_\($0)" })
    for (id, headers, text) in try Self.parts() {
      #expect(headers.count == 2, "\(id)")
      #expect(headers.first?.hasPrefix("Subject: ") == true)
      #expect(headers.last == "Defined-By: fxwatch")
      #expect(text.count > 80, "\(id)")
      for match in (headers.joined() + text).matches(of: try Regex("@([A-Z_]+)@")) {
        #expect(fields.contains(String(match.output[1].substring ?? "")), "\(id)")
      }
    }
  }
}
