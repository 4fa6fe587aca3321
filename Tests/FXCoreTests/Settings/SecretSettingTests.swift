import FXCore
import Testing

@Suite("A reference to a secret")
struct SecretSettingTests {
  private static let advice = "write {credential: NAME} or {file: PATH}"

  static let wrong: [(SettingsNode.Value, String)] = [
    (
      .scalar("s3cret", isQuoted: true),
      "a secret must not be in the config; \(advice), and add "
        + "LoadCredential=NAME:/path to the unit"
    ),
    (.list([]), "the list is empty; \(advice)"),
    (map([]), "expected one reference to a secret; \(advice)"),
    (map([("credential", "")]), "expected one reference to a secret; \(advice)"),
    (
      map([("credential", "a"), ("file", "b")]),
      "expected one reference to a secret; \(advice)"
    ),
    (
      map([("credental", "s3cret")]),
      "unknown key 'credental'; expected one of credential, file; did you mean 'credential'?"
    ),
    (map([("credential", "whsec_c2VjcmV0")]), looksLikeSecret),
    (map([("file", "whsec_c2VjcmV0")]), looksLikeSecret),
    (map([("credential", "xoxb-2345-s3cr3t")]), looksLikeSecret),
    (map([("file", "4f1c9d0a7be24b6f8e35d1c2a9b0f7e6")]), looksLikeSecret),
  ]

  private static let looksLikeSecret =
    "this looks like the secret itself, which must not be in the config; \(advice), and replace the"
    + " secret if others could read it here"

  @Test("is a credential or a file")
  func places() {
    #expect(read(Self.map([("credential", "a")])).references == [.credential("a")])
    #expect(read(Self.map([("file", "/b")])).references == [.file("/b")])
    #expect(read(.absent).references == nil)
  }

  @Test("may be a list while a secret is rotated")
  func several() {
    let items = [[("credential", "a")], [("file", "/b")]].map { Self.node(Self.map($0)) }
    #expect(read(.list(items)).references == [.credential("a"), .file("/b")])
  }

  @Test("is required in messages that never quote the secret", arguments: wrong)
  func problems(value: SettingsNode.Value, message: String) {
    let (references, problems) = read(value)
    #expect(references == [])
    #expect(problems == ["f.yaml:1:1: secret: \(message)"])
  }

  private func read(
    _ value: SettingsNode.Value
  ) -> (references: [SecretReference]?, problems: [String]) {
    let problems = SettingsProblems()
    let node = Self.node(value)
    let entry = SettingsEntry(key: "secret", keyMark: node.mark, node: node)
    let section = SettingsSection(Self.node(.map([entry])), path: [], problems: problems)
    return (section.secrets("secret"), problems.all.map(\.description))
  }

  private static func map(_ entries: [(String, String)]) -> SettingsNode.Value {
    .map(
      entries.map { key, text in
        let node = node(.scalar(text, isQuoted: false))
        return SettingsEntry(key: key, keyMark: node.mark, node: node)
      })
  }

  private static func node(_ value: SettingsNode.Value) -> SettingsNode {
    SettingsNode(value, at: SettingsMark(file: "f.yaml", line: 1, column: 1))
  }
}
