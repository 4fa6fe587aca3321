import Foundation
import Support
import Testing

/// The manual documents each key that the program accepts, and no other.
///
/// The program is asked: a key that it does not know is an error, which lists the keys it expects there.
@Suite("The manual", .timeLimit(.minutes(5)))
struct ManualTests {
  private static let everySource = "Every source"
  private static let described = [everySource, "Described sources", "Formats other than xlsx"]

  /// The headings under which the keys of a part of the configuration are documented, by the part's
  /// path in the probe.
  private static let parts: [String: [String]] = [
    "": ["TOP LEVEL"],
    "sources.preset": [everySource],
    "sources.csv": described + ["Tables in html, csv and xlsx", "Format csv"],
    "sources.html": described + [
      "Formats xml and html", "Format html with a table", "Tables in html, csv and xlsx",
    ],
    "sources.json": described + ["Format json"],
    "sources.regex": described + ["Formats text and regex"],
    "sources.text": described + ["Formats text and regex"],
    "sources.xlsx": [
      everySource, "Described sources", "Tables in html, csv and xlsx", "Format xlsx",
    ],
    "sources.xml": described + ["Formats xml and html"],
    "rules.rule": ["RULES"],
    "heartbeat": ["HEARTBEAT"],
    "keep": ["KEEP"],
    "quiet.quiet": ["QUIET HOURS"],
    "web": ["WEB"],
    "store": ["STORE"],
    "notifiers.webhook.secret": ["SECRETS"],
  ]

  /// Parts whose keys are documented with a dot behind the key of the whole.
  private static let inner = [
    "sources.json.base": "base.", "sources.json.quote": "quote.", "sources.json.error": "error.",
  ]

  private let reference: [String: [ManualPage.Key]]
  private let installation: Installation

  init() throws {
    reference = try ManualPage("systemd/man/fxwatch.yaml.5.md").keys
    installation = try Installation()
  }

  // MARK: Keys

  @Test("documents every format and every notifier")
  func words() async throws {
    let problems = try await problems(
      with: """
        sources: {format: {format: unknown}}
        notifiers: {type: {type: unknown}}
        """)
    let formats = try #require(Self.words(in: problems["sources.format.format"], after: "one of "))
    let kinds = try #require(Self.words(in: problems["notifiers.type.type"], after: "one of "))
    #expect(Set(formats) == Set(Self.formats))
    let listed = try #require(key("type", of: "Every notifier")).meaning
    #expect(kinds.allSatisfy { listed.contains("`\($0)`") }, "\(kinds)")
    let undocumented = kinds.filter {
      !["discord", "googlechat", "journald", "slack", "teams"].contains($0)
    }
    .filter { reference[$0] == nil }
    #expect(undocumented.isEmpty)
  }

  @Test("documents every key that the configuration has, and no other")
  func keys() async throws {
    let accepted = try await accepted()
    for (part, headings) in Self.parts {
      #expect(accepted[part] == names(headings), "\(part) in \(headings)")
    }
    for (part, prefix) in Self.inner {
      let names = Self.described.flatMap { reference[$0] ?? [] }.map(\.name)
        .filter { $0.hasPrefix(prefix) }
      #expect(accepted[part] == Set(names.map { String($0.dropFirst(prefix.count)) }), "\(part)")
    }
    let kinds = try await kinds()
    for kind in kinds {
      let keys = try #require(accepted["notifiers.\(kind)"], "\(kind)")
      let shared =
        ["Every notifier"] + (keys.contains("headers") ? ["Notifiers over HTTP"] : [])
        + (keys.contains("group") ? ["Notifiers for people"] : [])
      #expect(keys == names(shared + [kind]), "\(kind)")
    }
    let tables =
      Self.parts.values.joined() + kinds
      + ["Every notifier", "Notifiers over HTTP", "Notifiers for people"]
    #expect(
      Set(reference.keys).subtracting(tables).isEmpty, "a table that nothing is compared with")
  }

  @Test("documents every key with type, default, meaning and example")
  func cells() throws {
    let pages = [reference, try ManualPage("systemd/man/fxwatch-conditions.7.md").keys]
    for key in pages.flatMap({ $0.values.joined() }) {
      let cells = [key.type, key.standard, key.meaning, key.example]
      #expect(cells.allSatisfy { !$0.isEmpty }, "\(key.name)")
      let name = key.name.prefix { $0 != "." }
      let isSecret = ["credential", "file"].contains(key.name)
      #expect(isSecret || key.example.hasPrefix("\(name): "), "\(key.name)")
    }
  }

  @Test("documents every key of a file with tests of rules, and no other")
  func testFileKeys() async throws {
    let keys = try ManualPage("systemd/man/fxwatch-conditions.7.md").keys
    let problems = try await problems(
      with: """
        unknown: 1
        tests:
          test:
            unknown: 1
            steps:
              - {unknown: 1, silence: {unknown: 1}, ack: {unknown: 1}, expect: {unknown: 1}}
        """, of: "rules", "test")
    func accepted(_ part: String) -> Set<String> {
      Set(Self.words(in: problems[part], after: "expected one of ") ?? [])
    }
    func documented(_ heading: String, _ prefix: String = "") -> Set<String> {
      Set(
        (keys[heading]?.map(\.name) ?? []).filter {
          prefix.isEmpty ? !$0.contains(".") : $0.hasPrefix(prefix)
        }.map { String($0.dropFirst(prefix.count)) })
    }
    #expect(accepted("") == documented("Keys of a test file"))
    #expect(accepted("tests.test") == documented("Keys of a test"))
    #expect(accepted("tests.test.steps") == documented("Keys of a step"))
    #expect(accepted("tests.test.steps.silence") == documented("Keys of a step", "silence."))
    #expect(accepted("tests.test.steps.ack") == documented("Keys of a step", "ack."))
    #expect(accepted("tests.test.steps.expect") == documented("Keys of an expectation"))
  }

  // MARK: Examples

  @Test("has an example for each key that is valid beside those of the other keys")
  func keyExamples() async throws {
    var sources = "  timesca: {preset: timesca}\n"
    for (part, headings) in Self.parts.sorted(by: { $0.key < $1.key })
    where part.hasPrefix("sources.") {
      let name = String(part.dropFirst("sources.".count))
      let format = name == "preset" ? [] : ["format: \(name)"]
      let others = name == "preset" ? ["format"] : ["format", "preset"]
      // Half of the sources have an interval, the others times of publication.
      let schedule = ["html", "preset", "xml"].contains(name) ? "every" : "publishes"
      let left = others + [schedule] + (name == "html" ? ["rows"] : [])
      sources += "  \(name):\n" + lines(format + examples(headings, without: left))
      // The others take no map of an error.
      guard ["html", "json", "xml"].contains(name) else { continue }
      for key in headings.flatMap({ reference[$0] ?? [] }) where key.name.contains(".") {
        let whole = String(key.name.prefix { $0 != "." })
        let replaced = whole == "publishes" ? [whole, "every"] : [whole]
        sources += "  \(name)-\(key.name):\n"
        sources += lines(format + examples(headings, without: left + replaced) + [key.example])
      }
    }
    var notifiers = "  ops: {type: stdout}\n"
    let accepted = try await accepted()
    for kind in try await kinds() {
      let isPosted = accepted["notifiers.\(kind)"]?.contains("headers") == true
      let headings = ["Every notifier"] + (isPosted ? ["Notifiers over HTTP"] : []) + [kind]
      let others = Self.alternatives[kind] ?? []
      notifiers +=
        "  \(kind):\n"
        + lines(["type: \(kind)"] + examples(headings, without: ["type"] + others))
      guard !others.isEmpty else { continue }
      let replaced = Self.replaced[kind] ?? []
      let shared = replaced.contains("url") ? [] : headings.prefix(2)
      notifiers +=
        "  \(kind)-2:\n"
        + lines(["type: \(kind)"] + examples(shared + [kind], without: ["type"] + replaced))
    }
    for key in reference["SECRETS"] ?? [] {
      notifiers +=
        "  secret-\(key.name): {type: webhook, url: \"https://a.example\", \(key.example)}\n"
    }
    let ending = try await check(
      "sources:\n\(sources)rules:\n  rule:\n\(lines(examples(["RULES"])))"
        + "heartbeat:\n\(lines(examples(["HEARTBEAT"])))"
        + "keep:\n\(lines(examples(["KEEP"])))"
        + "quiet:\n  quiet:\n\(lines(examples(["QUIET HOURS"])))notifiers:\n\(notifiers)")
    #expect(ending.status == 0, "\(ending.errors)")
    for key in reference["TOP LEVEL"] ?? [] where key.name != "state" {
      let more = key.name == "sources" ? "" : "sources: {ecb: {preset: ecb}}\n"
      let ending = try await check(more + key.example + "\n")
      #expect(ending.status == 0, "\(ending.errors)")
    }
  }

  @Test("has examples of configurations that are valid")
  func blocks() async throws {
    let pages = try ManualPage.names.map { "systemd/man/\($0)" } + ["README.md"]
    var count = 0
    for page in pages {
      for block in try ManualPage(page).blocks where !block.hasPrefix("config:") {
        var text = block
        if !text.hasPrefix("sources:"), !text.contains("\nsources:") {
          text += "sources: {timesca: {preset: timesca}}\n"
        }
        if !text.hasPrefix("notifiers:"), !text.contains("\nnotifiers:") {
          text += "notifiers: {ops: {type: stdout}, console: {type: stdout}}\n"
        }
        let ending = try await check(text)
        #expect(ending.status == 0, "\(page): \(ending.errors)\n\(text)")
        count += 1
      }
    }
    #expect(count > 20)
  }

  @Test("has examples of rule tests that are read")
  func testFileExamples() async throws {
    let keys = try ManualPage("systemd/man/fxwatch-conditions.7.md").keys
    let steps = (keys["Keys of a step"] ?? []).filter { $0.name != "expect" && $0.name != "at" }
    let verbs = (keys["Keys of an expectation"] ?? []).filter { $0.standard == "one of ten" }
    let fields = (keys["Keys of an expectation"] ?? []).filter { $0.standard == "any" }
    var text = """
      sources: {page: {every: 15m}, bank: {every: 15m}}
      rules: {high: {when: rate > 1.2}, som-slides: {when: rate < 1}}
      tests:

      """
    for (number, step) in steps.enumerated() {
      let needs = step.name == "times" ? ", every: 15m" : ""
      text += "  step-\(number): {steps: [{\(step.example)\(needs)}]}\n"
    }
    for (number, verb) in verbs.enumerated() {
      text += "  verb-\(number): {steps: [{expect: {\(verb.example)}}]}\n"
    }
    for (number, field) in fields.enumerated() {
      text += "  field-\(number): {steps: [{expect: {fires: high, \(field.example)}}]}\n"
    }
    let file = try installation.scratch.write(text, to: "tests.yaml")
    let ending = try await ChildProcess(
      Installation.program, ["rules", "test", file], directory: installation.scratch.path
    ).ending()
    #expect(ending.status == 1, "\(ending.errors)")
    #expect(verbs.count == 10 && !fields.isEmpty && !steps.isEmpty)
  }

  /// The keys of a notifier that are used instead of others.
  private static let alternatives = [
    "apprise": ["command", "config", "timeout"], "webhook": ["form"], "zulip": ["to"],
  ]

  /// The keys that those replace.
  private static let replaced = [
    "apprise": ["url", "urls"], "webhook": ["body", "content_type"], "zulip": ["channel", "topic"],
  ]

  // MARK: The program's answers

  private static let formats = ["csv", "html", "json", "regex", "text", "xlsx", "xml"]

  /// The types of notifiers that the program names.
  private func kinds() async throws -> [String] {
    let problems = try await problems(with: "notifiers: {type: {type: unknown}}\n")
    return try #require(Self.words(in: problems["notifiers.type.type"], after: "one of "))
  }

  /// The keys that the program accepts, by the path of the part of the configuration.
  private func accepted() async throws -> [String: Set<String>] {
    var text = """
      unknown: 1
      heartbeat: {unknown: 1}
      keep: {unknown: 1}
      rules: {rule: {unknown: 1}}
      quiet: {quiet: {unknown: 1}}
      web: {unknown: 1}
      store: {unknown: 1}
      sources:
        preset: {preset: ecb, unknown: 1}
        table: {format: html, table: //table, unknown: 1}
        json: {format: json, base: {unknown: 1}, quote: {unknown: 1}, error: {unknown: 1}, unknown: 1}

      """
    for format in Self.formats where format != "json" {
      text += "  \(format): {format: \(format), unknown: 1}\n"
    }
    text += "notifiers:\n"
    for kind in try await kinds() {
      let secret = kind == "webhook" ? ", secret: {unknown: 1}" : ""
      text += "  \(kind): {type: \(kind), unknown: 1\(secret)}\n"
    }
    let problems = try await problems(with: text)
    var accepted: [String: Set<String>] = [:]
    for (part, messages) in problems {
      accepted[part] = Self.words(in: messages, after: "expected one of ").map { Set($0) }
    }
    accepted["sources.html", default: []].formUnion(accepted["sources.table"] ?? [])
    return accepted
  }

  /// The errors that a command reports for a file, by the path of the part they are about.
  private func problems(
    with text: String, of command: String...
  ) async throws -> [String: [String]] {
    let file = try installation.scratch.write(text, to: "probe.yaml")
    let arguments = command.isEmpty ? ["check", "--config", file] : command + [file]
    let ending = try await ChildProcess(
      Installation.program, arguments, directory: installation.scratch.path
    ).ending()
    #expect(ending.status == 78)
    var problems: [String: [String]] = [:]
    for line in ending.errors.split(separator: "\n") where line.hasPrefix("\(file):") {
      let parts = line.dropFirst(file.count).components(separatedBy: ": ")
      let path = parts.dropFirst().first ?? ""
      // The top level has no path: a message begins there.
      let isPath = !path.contains(" ")
      problems[isPath ? path : "", default: []].append(
        parts.dropFirst(isPath ? 2 : 1).joined(separator: ": "))
    }
    return problems
  }

  /// The words of the list behind a phrase, in the first message that has it.
  private static func words(in messages: [String]?, after phrase: String) -> [String]? {
    let message = messages?.first { $0.contains(phrase) }
    return message?.components(separatedBy: phrase)[1].components(separatedBy: ";")[0]
      .components(separatedBy: ", ")
  }

  private func check(_ text: String) async throws -> ChildProcess.Ending {
    let file = try installation.scratch.write(text, to: "example.yaml")
    return try await ChildProcess(
      Installation.program, ["check", "--config", file], directory: installation.scratch.path
    ).ending()
  }

  // MARK: The manual's tables

  private func key(_ name: String, of heading: String) -> ManualPage.Key? {
    reference[heading]?.first { $0.name == name }
  }

  /// The keys below these headings, without those within the value of another key.
  private func names(_ headings: [String]) -> Set<String> {
    Set(headings.flatMap { reference[$0]?.map(\.name) ?? [] }.filter { !$0.contains(".") })
  }

  /// The examples below these headings; a later one replaces an earlier one of the same key.
  private func examples(_ headings: [String], without left: [String] = []) -> [String] {
    var examples: [String: String] = [:]
    for key in headings.flatMap({ reference[$0] ?? [] })
    where !key.name.contains(".") && !left.contains(key.name) {
      examples[key.name] = key.example
    }
    return examples.sorted { $0.key < $1.key }.map(\.value)
  }

  private func lines(_ entries: [String]) -> String {
    entries.map { "    \($0)\n" }.joined()
  }
}
