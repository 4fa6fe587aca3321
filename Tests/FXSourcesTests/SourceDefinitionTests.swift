import FXCore
import FXSources
import Testing

@Suite("A source in the config")
struct SourceDefinitionTests {
  /// A section of scalars and lists of scalars, a key a line from line 1.
  private func read(
    _ settings: KeyValuePairs<String, [String]>
  ) -> (definition: SourceDefinition?, problems: [String]) {
    let problems = SettingsProblems()
    var entries: [SettingsEntry] = []
    for (line, (key, values)) in settings.enumerated() {
      let mark = SettingsMark(file: "f.yaml", line: line + 1, column: 1)
      let scalars = values.map { SettingsNode(.scalar($0, isQuoted: false), at: mark) }
      let node = scalars.count == 1 ? scalars[0] : SettingsNode(.list(scalars), at: mark)
      entries.append(SettingsEntry(key: key, keyMark: mark, node: node))
    }
    let node = SettingsNode(.map(entries), at: SettingsMark(file: "f.yaml", line: 1, column: 1))
    let section = SettingsSection(node, path: ["sources", "s"], problems: problems)
    let definition = SourceDefinition.read(name: SourceName("s"), from: section)
    return (definition, problems.all.map(\.description))
  }

  @Test("takes all it does not say from its preset")
  func preset() throws {
    let (definition, problems) = read(["preset": ["nbkr"]])
    let source = try #require(definition)
    #expect(problems == [])
    #expect(source.presetName == "nbkr")
    #expect(source.publisher == "National Bank of the Kyrgyz Republic")
    #expect(
      source.schedule
        == .calendar(PublicationCalendar(zone: "Asia/Bishkek", hour: 14, minute: 0)))
    #expect(source.dating == .fixing)
    #expect(source.scale(of: try #require(CurrencyPair("USD/KGS"))) == 4)
    var request = HTTPRequest(url: "https://www.nbkr.kg/XML/daily.xml")
    request.headers = [HTTPHeader("Accept", "application/xml,text/xml;q=0.9")]
    request.redirects = .followed(alsoTo: [])
    #expect(source.request == request)
  }

  @Test("overrides its preset's address and schedule")
  func overrides() throws {
    let (definition, problems) = read([
      "preset": ["cbu"], "url": ["http://127.0.0.1:8080/rates"], "every": ["1s"],
      "timeout": ["5s"], "allow_private": ["true"],
      "redirects": ["cbu.example", "www.cbu.example"],
    ])
    let source = try #require(definition)
    #expect(problems == [])
    #expect(source.schedule == .interval(.seconds(1)))
    var request = HTTPRequest(url: "http://127.0.0.1:8080/rates")
    request.headers = [HTTPHeader("Accept", "application/json")]
    request.totalTimeout = .seconds(5)
    request.allowPrivate = true
    request.redirects = .followed(alsoTo: ["cbu.example", "www.cbu.example"])
    #expect(source.request == request)
  }

  @Test("is told every mistake at once, with what was meant")
  func mistakes() {
    let (definition, problems) = read([
      "preset": ["timseca"], "url": ["ftp://bank.example/"], "every": ["0s"],
      "redirects": ["https://a.example/"], "evry": ["5m"], "allow_private": ["yes"],
    ])
    #expect(definition == nil)
    #expect(
      problems == [
        "f.yaml:1:1: sources.s.preset: there is no preset 'timseca'; expected one of cbu, ecb, nbkr,"
          + " nbkr-weekly, timesca; did you mean 'timesca'?",
        "f.yaml:2:1: sources.s.url: 'ftp://bank.example/' is not an address to fetch from; write it"
          + " like https://bank.example/rates.xml, with http or https and without a password",
        "f.yaml:3:1: sources.s.every: '0s' is too short; the shortest is 1s",
        "f.yaml:4:1: sources.s.redirects: 'https://a.example/' is not a host; write it like"
          + " www.bank.example",
        "f.yaml:5:1: sources.s: unknown key 'evry'; expected one of allow_private, every, preset,"
          + " redirects, timeout, url; did you mean 'every'?",
        "f.yaml:6:1: sources.s.allow_private: 'yes' is not true or false",
      ])
  }

  @Test("needs a preset")
  func nothing() {
    let (definition, problems) = read([:])
    #expect(definition == nil)
    #expect(
      problems == [
        "f.yaml:1:1: sources.s: 'preset' is missing; it names the publisher, one of cbu, ecb, nbkr,"
          + " nbkr-weekly, timesca"
      ])
  }

  @Test("is warned when it would hammer somebody else's server")
  func polite() {
    #expect(
      read(["preset": ["timesca"], "every": ["10s"]]).problems == [
        "f.yaml:2:1: warning: sources.s.every: every 10s is hard on somebody else's server; one"
          + " minute is polite"
      ])
  }

  @Test(
    "refuses addresses with a password, without a host, or with spaces",
    arguments: [
      "https://user:secret@bank.example/", "https:///rates", "https://bank.example/a b",
      "file:///etc",
      "bank.example", "https://bank.example:99999/", "https://[::1]:80:1/",
    ])
  func addresses(url: String) {
    #expect(read(["preset": ["ecb"], "url": [url]]).definition == nil)
  }

  @Test("is equal to itself, and to no source that fetches or reads otherwise")
  func equality() {
    let plain = read(["preset": ["timesca"]]).definition
    #expect(plain == read(["preset": ["timesca"]]).definition)
    #expect(plain != read(["preset": ["ecb"]]).definition)
    #expect(plain != read(["preset": ["timesca"], "every": ["5m"]]).definition)
    #expect(plain != read(["preset": ["timesca"], "url": ["https://a.example/"]]).definition)
  }
}
