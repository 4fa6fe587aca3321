import FXConfig
import FXCore
import Foundation
import Testing

@Suite("Included files")
final class IncludeTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "[\(UUID())]*").path

  init() throws {
    try FileManager.default.createDirectory(
      atPath: "\(folder)/rules.d/none", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  @Test("add sources, rules and notifiers, in the order of their names")
  func adding() throws {
    try write(
      "state: var\ninclude: [\"rules.d/*.yaml\", more.yaml]\nrules: {a: 1}\n", to: "fxwatch.yaml")
    try write("rules: {c: 3}\n", to: "rules.d/10.yaml")
    try write("rules:\n  b: 2\nsources: {ecb: {}}\n", to: "rules.d/05.yaml")
    try write("", to: "rules.d/20.yaml")
    try write("rules: {never: 1}\n", to: "rules.d/05.yaml~")
    try write("notifiers: {n: {}}\n", to: "more.yaml")
    let (node, problems) = try read()
    #expect(problems == [])
    #expect(
      node.map(outline) == [
        "state", "include",
        "rules: a fxwatch.yaml:3:9, b rules.d/05.yaml:2:3, "
          + "c rules.d/10.yaml:1:9", "notifiers: n more.yaml:1:13",
        "sources: ecb rules.d/05.yaml:3:11",
      ])
  }

  @Test("are read once, however many patterns match them, and never the config itself")
  func once() throws {
    try write("include: ['*.yaml', a.yaml, './*.yaml']\nrules: {r: 1}\n", to: "fxwatch.yaml")
    try write("rules: {a: 1}\n", to: "a.yaml")
    let (node, problems) = try read()
    #expect(problems == [])
    #expect(node.map(outline) == ["include", "rules: r fxwatch.yaml:2:9, a a.yaml:1:9"])
  }

  @Test(
    "with a mistake are reported with their place",
    arguments: [
      (
        "rules: {a: 2}",
        [
          "a.yaml:1:9: rules.a: 'a' is already defined in fxwatch.yaml:2:9; "
            + "rename or remove one of them"
        ]
      ),
      (
        "rules: {b: 2, b: 3}",
        [
          "a.yaml:1:15: rules: key 'b' is written twice, first in line 1; "
            + "keep one of them"
        ]
      ),
      (
        "include: ['*']",
        [
          "a.yaml:1:1: 'include' is not allowed in an included file; expected one "
            + "of let, notifiers, rules, sources"
        ]
      ),
      (
        "state: var\nquiet: {}",
        [
          "a.yaml:1:1: 'state' is not allowed in an included file; expected one of let, notifiers, "
            + "rules, sources",
          "a.yaml:2:1: 'quiet' is not allowed in an included file; expected one of let, notifiers, "
            + "rules, sources",
        ]
      ),
      ("rules: [a]", ["a.yaml:1:8: rules: expected names with their settings"]),
      ("- a", ["a.yaml:1:1: expected keys and values"]),
      ("rules: {b: [}", ["a.yaml:1:13: expected a value"]),
    ])
  func mistakes(text: String, expected: [String]) throws {
    try write("include: a.yaml\nrules: {a: 1}\n", to: "fxwatch.yaml")
    try write(text, to: "a.yaml")
    #expect(try read().problems == expected)
  }

  @Test(
    "that do not exist are an error, and a pattern without files is a warning",
    arguments: [
      ("a.yaml", "fxwatch.yaml:1:10: include: file 'a.yaml' does not exist"),
      ("none/*.yaml", "fxwatch.yaml:1:10: warning: include: no file matches 'none/*.yaml'"),
      ("rules.d/no*", "rules.d/none: is not a file; name the config file itself"),
    ])
  func missing(pattern: String, expected: String) throws {
    try write("include: \(pattern)\n", to: "fxwatch.yaml")
    #expect(try read().problems == [expected])
  }

  @Test("are at most 1000")
  func many() throws {
    try write("include: 'rules.d/*.yaml'\n", to: "fxwatch.yaml")
    for number in 0...1000 { try write("", to: "rules.d/\(number).yaml") }
    #expect(
      try read().problems == [
        "fxwatch.yaml:1:10: include: more than 1000 files; write fewer, larger ones"
      ])
  }

  @Test("and the config have at most 64 MiB together")
  func large() throws {
    try write("include: [a.yaml, b.yaml]\n", to: "fxwatch.yaml")
    try write("", to: "a.yaml")
    #expect(truncate("\(folder)/a.yaml", (64 << 20) - 10) == 0)
    #expect(
      try read().problems == [
        "a.yaml: is too large: the config and the files that it includes may have 64 MiB together",
        "fxwatch.yaml:1:19: include: file 'b.yaml' does not exist",
      ])
  }

  private func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
  }

  /// Reads the config; returns its tree and the problems, in which the folder is left out.
  private func read() throws -> (node: SettingsNode?, problems: [String]) {
    let problems = SettingsProblems()
    let node = try ConfigFile.tree(ofFile: "\(folder)/fxwatch.yaml", problems: problems)
    return (node, problems.all.map { short($0.description) })
  }

  private func outline(_ node: SettingsNode) -> [String] {
    guard case .map(let entries) = node.value else { return ["no map"] }
    return entries.map { entry in
      guard case .map(let names) = entry.node.value else { return entry.key }
      let places = names.map { "\($0.key) \(short($0.keyMark.description))" }
      return "\(entry.key): \(places.joined(separator: ", "))"
    }
  }

  private func short(_ text: String) -> String { text.replacing("\(folder)/", with: "") }
}
