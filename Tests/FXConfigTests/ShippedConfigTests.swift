import FXConfig
import FXCore
import Foundation
import Testing

@Suite("The shipped config")
struct ShippedConfigTests {
  /// The project's `etc/fxwatch.yaml`, relative to this source file.
  private static let path = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "etc/fxwatch.yaml").path

  @Test("is valid, and has sources, a rule and notifiers")
  func asShipped() throws {
    let root = try read(String(decoding: ConfigFile.read(path: Self.path), as: UTF8.self))
    #expect(root.keys == ["sources", "rules", "notifiers"])
    #expect(root.sections("sources").map(\.name) == ["timesca", "ecb"])
    #expect(root.sections("rules").map(\.name) == ["big-move"])
    #expect(root.sections("notifiers").map(\.name) == ["console", "journal"])
    let rule = try #require(root.sections("rules").first?.section)
    #expect(rule.keys == ["when", "severity", "summary"])
    #expect(rule.string("when") == "abs(change) > 1%")
  }

  @Test("is valid with all commented settings enabled")
  func everythingOn() throws {
    let text = try String(decoding: ConfigFile.read(path: Self.path), as: UTF8.self)
    // A commented setting begins with `# ` and a key, and continues in the same column.

    let setting = /^( *)# ( *[a-z]+:(?: .*)?)$/.anchorsMatchLineEndings()
    let root = try read(text.replacing(setting) { "\($0.output.1)\($0.output.2)" })
    #expect(root.keys == ["state", "sources", "rules", "notifiers", "quiet", "web"])
    #expect(root.sections("sources").map(\.name) == ["timesca", "ecb", "cbu", "nbkr"])
    #expect(
      root.sections("notifiers").map(\.name) == ["console", "journal", "ops", "home", "mail"])
    let rule = try #require(root.sections("rules").first?.section)
    #expect(
      Set(rule.keys) == [
        "pairs", "sources", "when", "for", "release", "remind", "once", "expires", "severity",
        "summary", "notify",
      ])
    let notifiers = root.sections("notifiers").suffix(3).map(\.section)
    #expect(notifiers[0].section("secret")?.string("credential") == "ops-webhook")
    #expect(notifiers[1].section("password")?.string("credential") == "mqtt")
    #expect(notifiers[2].section("password")?.string("credential") == "mail")
  }

  private func read(_ text: String) throws -> SettingsSection {
    let problems = SettingsProblems()
    let node = ConfigFile.parse(Array(text.utf8), file: "fxwatch.yaml", problems: problems)
    #expect(problems.all == [])
    return SettingsSection(try #require(node), path: [], problems: problems)
  }
}
