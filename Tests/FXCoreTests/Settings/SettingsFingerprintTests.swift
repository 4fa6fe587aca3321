import FXCore
import Testing

@Suite("A section's fingerprint")
struct SettingsFingerprintTests {
  @Test("is the same at any place in the file and for any order of keys")
  func same() {
    #expect(fingerprint(["a", "b"], line: 1) == #"{"a":["a",null],"b":["b",null]}"#)
    #expect(fingerprint(["b", "a"], line: 9) == fingerprint(["a", "b"], line: 1))
    #expect(fingerprint(["a"], line: 1) != fingerprint(["a", "b"], line: 1))
  }

  /// A section that gives each key a list of its name and nothing.
  private func fingerprint(_ keys: [String], line: Int) -> String {
    let mark = SettingsMark(file: "f.yaml", line: line, column: 1)
    let entries = keys.map { key in
      SettingsEntry(
        key: key, keyMark: mark,
        node: SettingsNode(
          .list([
            SettingsNode(.scalar(key, isQuoted: false), at: mark), SettingsNode(.absent, at: mark),
          ]), at: mark))
    }
    return SettingsSection(
      SettingsNode(.map(entries), at: mark), path: [], problems: SettingsProblems()
    ).fingerprint
  }
}
