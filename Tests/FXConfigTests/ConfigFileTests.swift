import FXConfig
import FXCore
import Testing

@Suite("A config file")
struct ConfigFileTests {
  @Test("keeps every scalar as it is written")
  func scalars() {
    let text = """
      pad: 1.10
      yes: yes
      zero: 0x1F
      date: 2026-01-01
      quoted: "1.10"
      single: 'it''s'
      condition: abs(change) > 1%  # a comment
      nothing:
      tilde: ~
      null: null
      word: "null"
      block: |
        one
        two
      """
    #expect(
      outline(text) == """
        1:1 map
        1:1 pad 1:6 1.10
        2:1 yes 2:6 yes
        3:1 zero 3:7 0x1F
        4:1 date 4:7 2026-01-01
        5:1 quoted 5:9 "1.10"
        6:1 single 6:9 "it's"
        7:1 condition 7:12 abs(change) > 1%
        8:1 nothing 8:9 absent
        9:1 tilde 9:8 absent
        10:1 null 10:7 absent
        11:1 word 11:7 "null"
        12:1 block 12:8 "one
        two"

        """)
  }

  @Test("has the line and column of every node, also in flow maps and lists")
  func marks() {
    let text = """
      sources:
        timesca: {preset: timesca, every: 15m}
        ěšč: { a : [ b ,  "c d",
            {e: f} ] }
      rules:
        - one
        -   two
      """
    #expect(
      outline(text) == """
        1:1 map
        1:1 sources 2:3 map
        2:3 timesca 2:12 map
        2:13 preset 2:21 timesca
        2:30 every 2:37 15m
        3:3 ěšč 3:8 map
        3:10 a 3:14 list
        3:16 b
        3:21 "c d"
        4:7 map
        4:8 e 4:11 f
        5:1 rules 6:3 list
        6:5 one
        7:7 two

        """)
  }

  @Test(
    "without content is an empty map",
    arguments: ["", "\n", "# only a comment", "---", "---\n", "~", "\u{FEFF}", "{}", " "])
  func empty(text: String) {
    let (node, problems) = reading(text)
    #expect(node?.value == .map([]))
    #expect(problems.isEmpty)
  }

  @Test("of a few bytes is parsed", arguments: ["a: 1", "a: {b: c}", "a: [1,2]"])
  func short(text: String) {
    #expect(outline(text) == outline(text + String(repeating: "\n", count: 40)))
  }

  @Test("may begin with a byte-order mark, which is ignored")
  func byteOrderMark() {
    #expect(outline("\u{FEFF}state: var") == "1:1 map\n1:1 state 1:8 var\n")
  }

  @Test("may have Windows line ends")
  func carriageReturns() {
    #expect(
      outline("a: 1\r\nb:\r\n  c: 2\r\n")
        == "1:1 map\n1:1 a 1:4 1\n2:1 b 3:3 map\n3:3 c 3:6 2\n")
  }

  @Test("may repeat a value by an alias, which has the position of its anchor")
  func aliases() {
    #expect(
      outline("a: &x {every: 15m}\nb: *x\n") == """
        1:1 map
        1:1 a 1:4 map
        1:8 every 1:15 15m
        2:1 b 1:4 map
        1:8 every 1:15 15m

        """)
  }

  @Test("reports every duplicate key, with the line of the first, and continues")
  func duplicates() {
    let text = """
      sources:
        ecb: {every: 1h, url: x, every: 2h}
        cbu: {}
        "ecb": {every: 3h, 'every': 4h, every: 5h}
      rules: {a: 1, b: 2, a: 3, a: 4}
      state: var
      sources: again
      """
    let (node, problems) = reading(text)
    #expect(
      problems == [
        "f.yaml:2:28: sources.ecb: key 'every' is written twice, first in line 2; keep one of them",
        "f.yaml:4:3: sources: key 'ecb' is written twice, first in line 2; keep one of them",
        "f.yaml:4:22: sources.ecb: key 'every' is written twice, first in line 4; keep one of them",
        "f.yaml:4:35: sources.ecb: key 'every' is written twice, first in line 4; keep one of them",
        "f.yaml:5:21: rules: key 'a' is written twice, first in line 5; keep one of them",
        "f.yaml:5:27: rules: key 'a' is written twice, first in line 5; keep one of them",
        "f.yaml:7:1: key 'sources' is written twice, first in line 1; keep one of them",
      ])
    guard case .map(let entries) = node?.value else {
      Issue.record("the tree is missing")
      return
    }
    #expect(entries.map(\.key) == ["sources", "rules", "state", "sources"])
  }

  @Test(
    "reports a duplicate key however it is written",
    arguments: [
      ("a: 1\n? |\n  k\n: 1\n? |\n  k\n: 2\n", "5:3", #"'k\u{A}'"#, 2),
      ("{&x a: 1, b: 2, a: 3}", "1:17", "'a'", 1),
      ("{&x a: 1, *x : 2}", "1:2", "'a'", 1),
      (#"{"": 1, "": 2}"#, "1:9", "''", 1),
    ])
  func stubbornDuplicates(text: String, place: String, key: String, line: Int) {
    #expect(
      reading(text).problems == [
        "f.yaml:\(place): key \(key) is written twice, first in line \(line); keep one of them"
      ])
  }

  @Test("reports any number of duplicate keys")
  func manyDuplicates() {
    let text = (0..<400).map { "k\($0): 1\nk\($0): 2\n" }.joined()
    #expect(
      reading(text).problems
        == (0..<400).map {
          "f.yaml:\(2 * $0 + 2):1: key 'k\($0)' is written twice, first in line \(2 * $0 + 1); "
            + "keep one of them"
        })
  }

  @Test(
    "with invalid YAML is refused with position and reason",
    arguments: [
      ("a: 1\n\tb: 2", "2:1", "unexpected tab; indent with spaces"),
      ("a:\n\tb: 2", "2:1", "unexpected tab; indent with spaces"),
      (
        "pairs: [*/USD]", "1:9",
        "'*' begins an alias and '&' an anchor here; "
          + "put text such as \"*/USD\" in quotes"
      ),
      (
        "a: *b", "1:4",
        "this alias ('*name') has no anchor ('&name') before it; "
          + "put text that begins with '*' in quotes"
      ),
      ("a: @b", "1:4", "a value cannot begin with '@'; put it in quotes"),
      ("a: `b", "1:4", "a value cannot begin with '`'; put it in quotes"),
      (
        "a: b: c", "1:5",
        "unexpected ':'; indent this line like its neighbours, "
          + "or put a value with ': ' in quotes"
      ),
      (
        "a: 1\n  b: 2", "2:4",
        "unexpected ':'; indent this line like its neighbours, "
          + "or put a value with ': ' in quotes"
      ),
      (
        "a: 1\nb\nc: 2", "3:1",
        "expected 'key: value'; ':' is missing after the key that begins in line 2"
      ),
      (
        "a:\n    b: 1\n  c: 2", "3:3",
        "unexpected text; indent it like "
          + "its neighbours, and close quotes and brackets before it"
      ),
      (
        "a: 1\n- b", "2:1",
        "unexpected text; indent it like "
          + "its neighbours, and close quotes and brackets before it"
      ),
      (
        "a: 'b' c", "1:8",
        "unexpected text; indent it like "
          + "its neighbours, and close quotes and brackets before it"
      ),
      (
        "a: [1, 2\nb: 3", "2:2",
        "expected ',' or ']' in the list that begins in line 1"
      ),
      ("a: {b: 1", "1:9", "expected ',' or '}' in the map that begins in line 1"),
      ("a: ]", "1:4", "expected a value"),
      (
        "a: 1\nb: \"c\nd: 2", "2:4",
        "the quoted text that begins here is not closed; add a quote"
      ),
      (
        "a: 'b\n---\n", "1:4",
        "the quoted text that begins here is not closed before '---'; add a quote"
      ),
      (
        #"a: "\d+""#, "1:5",
        #"in "double quotes" '\' begins an escape; "#
          + #"use 'single quotes', or write '\\'"#
      ),
      ("a: 1\n---\nb: 2", "2:1", "unexpected second document; remove '---'"),
      ("a: \u{7}1", "1:4", "unexpected control character; delete it"),
      (
        "%YAML 9\n---\na: 1", "1:8",
        "invalid YAML: did not find expected digit or '.' character"
      ),
    ])
  func syntax(text: String, place: String, message: String) {
    let (node, problems) = reading(text)
    #expect(node == nil)
    #expect(problems == ["f.yaml:\(place): \(message)"])
  }

  @Test(
    "reports unsupported YAML, and continues",
    arguments: [
      (
        "a: {<<: {b: 1}, c: 2}",
        "1:5: a: merging maps with '<<' is not supported; write out the keys"
      ),
      (
        "a: !!int 1",
        "1:4: a: tags such as 'tag:yaml.org,2002:int' are not supported; "
          + "write the value alone"
      ),
      (
        "a: !!set {b}",
        "1:4: a: tags such as 'tag:yaml.org,2002:set' are not supported; "
          + "write the value alone"
      ),
      ("a: {[b]: c}", "1:5: a: expected a key, found a list or map; is a quote missing?"),
      (
        "a: {{b: c}: d}", "1:5: a: expected a key, found a list or map; is a quote missing?"
      ),
    ])
  func refused(text: String, problem: String) {
    let (node, problems) = reading(text)
    #expect(node != nil)
    #expect(problems == ["f.yaml:\(problem)"])
  }

  @Test("refuses aliases that multiply, as values and as keys")
  func aliasBombs() {
    var nine = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1...9 {
      let list = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
      nine += "a\(level): &a\(level) [\(list)]\n"
    }
    #expect(
      reading(nine).problems == [
        "f.yaml:5:30: more than 32 aliases ('*name'); write out the values"
      ])

    var two = "- &a0 [\(Array(repeating: "x", count: 100).joined(separator: ","))]\n"
    for level in 1...16 { two += "- &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(
      reading(two).problems == [
        "f.yaml: has more than 4000000 keys and values, including repetitions by aliases; "
          + "write fewer, or split the config between two daemons"
      ])

    var keys = "- &a0 {x: x}\n"
    for level in 1...15 { keys += "- &a\(level) {[*a\(level - 1), *a\(level - 1)]: y}\n" }
    #expect(reading(keys).node != nil)
  }

  @Test("refuses aliases that are nested too deep together")
  func deepAliases() {
    var text = "- &a0 [[[[x]]]]\n"
    for level in 1...8 { text += "- &a\(level) [[[[*a\(level - 1)]]]]\n" }
    #expect(
      reading(text).problems == [
        "f.yaml:8:11: lists and maps are nested more than 32 deep",
        "f.yaml:9:11: lists and maps are nested more than 32 deep",
      ])
  }

  @Test("without anchors may contain any number of '*' and '&'")
  func multiplications() {
    let text = (0..<40).map { "r\($0): rate *2 > 1\n" }.joined()
    #expect(reading(text).problems.isEmpty)
  }

  @Test("refuses lists that are nested too deep", arguments: [40, 999, 1001, 100_000])
  func depth(levels: Int) {
    let (_, problems) = reading("a: " + String(repeating: "[", count: levels))
    let (_, closed) = reading(
      "a: " + String(repeating: "[", count: levels) + String(repeating: "]", count: levels))
    #expect(problems.count == 1)
    #expect(closed.count == 1)
    #expect(closed.first?.contains("lists and maps are nested more than 32 deep") == true)
  }

  @Test("refuses invalid UTF-8, at its first byte")
  func notUTF8() {
    let problems = SettingsProblems()
    let bytes = Array("a: č\nb: č".utf8) + [0xE9] + Array("c: 1".utf8)
    #expect(ConfigFile.parse(bytes, file: "f.yaml", problems: problems) == nil)
    #expect(
      problems.all.map(\.description) == [
        "f.yaml:2:5: invalid UTF-8; save the file as UTF-8"
      ])
  }

  @Test("parses text of several mebibytes, and refuses more than 64")
  func size() {
    let line = "# \(String(repeating: "x", count: 61))\n"
    let text = String(repeating: line, count: (4 << 20) / 64)
    #expect(reading(text).node?.value == .map([]))
    let problems = SettingsProblems()
    let bytes = [UInt8](repeating: 0x23, count: (64 << 20) + 1)
    #expect(ConfigFile.parse(bytes, file: "f.yaml", problems: problems) == nil)
    #expect(
      problems.all.map(\.description) == ["f.yaml: is larger than 64 MiB; is this the config file?"]
    )
  }

  @Test("of any bytes gives a tree or problems, and never crashes")
  func anyBytes() {
    var generator = SplitMix(state: 20_260_220)
    let alphabet = Array("{}[]:,-?&*!|>'\"%@`#~ \t\n\r\\abc019<.\u{85}\u{2028}č\u{E000}".utf8)
    for _ in 0..<3000 {
      let length = Int.random(in: 0...60, using: &generator)
      let bytes = (0..<length).map { _ in
        alphabet[Int.random(in: alphabet.indices, using: &generator)]
      }
      let problems = SettingsProblems()
      let node = ConfigFile.parse(bytes, file: "f.yaml", problems: problems)
      #expect(node != nil || problems.hasErrors, "\(bytes)")
    }
  }
}

/// Parses a text; returns the tree and the problems.
private func reading(_ text: String) -> (node: SettingsNode?, problems: [String]) {
  let problems = SettingsProblems()
  let node = ConfigFile.parse(Array(text.utf8), file: "f.yaml", problems: problems)
  return (node, problems.all.map(\.description))
}

/// Returns the problems and the outline of a text's tree.
private func outline(_ text: String) -> String {
  let (node, problems) = reading(text)
  return problems.joined() + (node?.outline ?? "")
}

extension SettingsNode {
  /// One line per node with its position, after the position and name of its key.
  fileprivate var outline: String {
    let place = "\(mark.line):\(mark.column) "
    switch value {
    case .absent: return place + "absent\n"
    case .scalar(let text, isQuoted: true): return place + "\"\(text)\"\n"
    case .scalar(let text, isQuoted: false): return place + "\(text)\n"
    case .list(let items): return place + "list\n" + items.map(\.outline).joined()
    case .map(let entries):
      return place + "map\n"
        + entries.map {
          "\($0.keyMark.line):\($0.keyMark.column) \($0.key) \($0.node.outline)"
        }.joined()
    }
  }
}

/// Vigna's splitmix64: the same numbers in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
