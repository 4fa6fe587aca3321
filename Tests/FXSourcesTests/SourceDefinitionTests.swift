import FXCore
import FXSources
import Testing

@Suite("A source in the config")
struct SourceDefinitionTests {
  /// Returns the request of 2 March 2026 at 21:30 UTC.
  private func sent(by source: SourceDefinition) throws -> HTTPRequest {
    try source.request(at: Self.evening, zones: FiveHoursAhead(), secrets: OneSecret())
  }

  private static let evening = Timestamp(seconds: 1_772_487_000)

  /// Zones that are all five hours ahead of UTC.
  private struct FiveHoursAhead: Zones {
    func offset(ofZone zone: String, at instant: Timestamp) -> Int? { 5 * 3600 }
  }

  private struct OneSecret: Secrets {
    func read(_ reference: SecretReference) throws(SecretProblem) -> Secret {
      guard reference == .credential("oxr") else { throw SecretProblem("no such credential") }
      return Secret("a b&c")
    }
  }

  @Test("has its preset's value for every key that is not set")
  func preset() throws {
    let (definition, problems) = SourceSettings.read("preset: nbkr")
    let source = try #require(definition)
    #expect(problems == [])
    #expect(source.presetName == "nbkr")
    #expect(source.publisher == "National Bank of the Kyrgyz Republic")
    #expect(
      source.schedule
        == .calendar(
          PublicationCalendar(zone: "Asia/Bishkek", hour: 15, minute: 0, holidays: .kyrgyzstan)))
    #expect(source.dating == .fixing)
    #expect(source.scale(of: try #require(CurrencyPair("USD/KGS"))) == 4)
    var request = HTTPRequest(url: "https://www.nbkr.kg/XML/daily.xml")
    request.headers = [HTTPHeader("Accept", "application/xml,text/xml;q=0.9")]
    request.redirects = .followed(alsoTo: [])
    #expect(try sent(by: source) == request)
  }

  @Test(
    "has rates of a day if it is described with times of publication, and of a moment otherwise",
    arguments: [
      ("every: 1h", .pageDay, true), ("every: 1h\ndating: fixing", .fixing, false),
      ("publishes: {at: 14:30, zone: UTC}", .fixing, true),
      ("publishes: {at: 14:30, zone: UTC}\ndating: page", .pageDay, false),
    ] as [(String, PlannedSource.Dating, Bool)])
  func dating(schedule: String, dating: PlannedSource.Dating, isAssumed: Bool) throws {
    let (definition, problems) = SourceSettings.read(
      "url: https://a.example/\n\(schedule)\nformat: json\npair: USD/KZT\nrate: r\ndate: d")
    #expect(problems == [])
    let source = try #require(definition)
    #expect(source.dating == dating)
    #expect(source.isDatingAssumed == isAssumed)
  }

  @Test("has times of publication instead of its preset's, but not together with an interval")
  func publishes() throws {
    let publishes = "publishes: {at: 14:30, zone: UTC, holidays: 12-24}"
    let source = try #require(SourceSettings.read("preset: timesca\n\(publishes)").definition)
    #expect(source.schedule.calendar?.minuteOfDay == 870)
    #expect(source.dating == .pageDay)
    #expect(
      SourceSettings.read("preset: ecb\nevery: 1h\n\(publishes)").problems == [
        "f.yaml:2:1: sources.s.every: 'every' cannot be combined with 'publishes', which sets the times"
          + " of requests; remove one of them"
      ])
  }

  @Test("can override its preset's address and schedule")
  func overrides() throws {
    let (definition, problems) = SourceSettings.read(
      "preset: cbu\nurl: http://127.0.0.1:8080/rates\nevery: 1s\ntimeout: 5s\nallow_private: true\nredirects: [cbu.example, www.cbu.example]"
    )
    let source = try #require(definition)
    #expect(problems == [])
    #expect(source.schedule == .interval(.seconds(1)))
    var request = HTTPRequest(url: "http://127.0.0.1:8080/rates")
    request.headers = [HTTPHeader("Accept", "application/json")]
    request.totalTimeout = .seconds(5)
    request.allowPrivate = true
    request.redirects = .followed(alsoTo: ["cbu.example", "www.cbu.example"])
    #expect(try sent(by: source) == request)
  }

  @Test("replaces day placeholders by days in the publisher's zone")
  func days() throws {
    let nbk = try #require(SourceSettings.read("preset: nbk").definition)
    #expect(
      try sent(by: nbk).url == "https://nationalbank.kz/rss/get_rates.cfm?fdate=03.03.2026")
    let custom = try #require(
      SourceSettings.read(
        "format: json\npair: USD/KZT\nrate: r\nevery: 1h\nzone: +02:00\nbody: <d>{day-7:yyyymmdd}</d>"
          + "\nurl: https://a.example/{day:yyyy}/{day+1:dd-Mon}.json"
      ).definition)
    let sent = try sent(by: custom)
    #expect(sent.url == "https://a.example/2026/03-Mar.json")
    #expect(sent.method == .post && sent.body == Array("<d>20260223</d>".utf8))
  }

  @Test("puts its secret only into the request")
  func secret() throws {
    let (definition, problems) = SourceSettings.read(
      "preset: openexchangerates\nkey: {credential: oxr}")
    let source = try #require(definition)
    #expect(problems == [])
    #expect(
      try sent(by: source).url
        == "https://openexchangerates.org/api/latest.json?app_id=a%20b%26c")
    #expect(
      source.address(at: Self.evening, zones: FiveHoursAhead())
        == "https://openexchangerates.org/api/latest.json?app_id={key}")
    #expect(!"\(source)".contains("a b&c"))
    let header = try #require(
      SourceSettings.read(
        "url: https://a.example/\nevery: 1h\nformat: json\npair: USD/KZT\nrate: r"
          + "\nkey: {credential: oxr}\nheaders: {Authorization: Bearer {key}}"
      ).definition)
    #expect(try sent(by: header).headers.first == HTTPHeader("Authorization", "Bearer a b&c"))
  }

  @Test("reports missing and unused secrets, and unknown placeholders")
  func templates() {
    #expect(
      SourceSettings.read("preset: openexchangerates").problems == [
        "f.yaml:1:1: sources.s: 'key' is required for this source; write it like key:"
          + " {credential: NAME}"
      ])
    #expect(
      SourceSettings.read("preset: ecb\nkey: {credential: oxr}").problems == [
        "f.yaml:2:1: sources.s.key: '{key}' is not used; write {key} in 'url', 'headers' or 'body',"
          + " or remove 'key'"
      ])
    #expect(
      SourceSettings.read("preset: ecb\nurl: https://a.example/{day:}").problems == [
        "f.yaml:2:1: sources.s.url: unknown placeholder in 'https://a.example/{day:}'; write days as"
          + " {day:yyyy-mm-dd} or {day-7:dd.mm.yyyy}, and the secret as {key}"
      ])
  }

  @Test("reports all errors at once, with suggestions")
  func mistakes() {
    let (definition, problems) = SourceSettings.read(
      "preset: timseca\nurl: ftp://bank.example/\nevery: 0s\nredirects: https://a.example/\nevry: 5m\nallow_private: yes"
    )
    #expect(definition == nil)
    #expect(
      problems == [
        "f.yaml:1:1: sources.s.preset: unknown preset 'timseca'; 'fxwatch sources' lists all"
          + " presets; did you mean 'timesca'?",
        "f.yaml:2:1: sources.s.url: 'ftp://bank.example/' is not a valid URL; use http or https"
          + " without a password, such as https://bank.example/rates.xml",
        "f.yaml:3:1: sources.s.every: '0s' is too short; use 1s or more",
        "f.yaml:4:1: sources.s.redirects: 'https://a.example/' is not a host name; write it like"
          + " www.bank.example",
        "f.yaml:5:1: sources.s: unknown key 'evry'; expected one of allow_private, body, each,"
          + " every, first, format, headers, key, max_body, max_series, next, preset, proxy,"
          + " publishes, redirects, timeout, tls, url; did you mean 'every'?",
        "f.yaml:6:1: sources.s.allow_private: 'yes' is not true or false",
      ])
  }

  @Test("requires a preset or a format")
  func nothing() {
    let (definition, problems) = SourceSettings.read("")
    #expect(definition == nil)
    #expect(
      problems == [
        "f.yaml:1:1: sources.s: 'preset' or 'format' is required; 'fxwatch sources' lists all"
          + " presets; formats are csv, html, json, regex, text, xlsx, xml"
      ])
  }

  @Test("warns about an interval that is too short for a public server")
  func shortInterval() {
    #expect(
      SourceSettings.read("preset: timesca\nevery: 10s").problems == [
        "f.yaml:2:1: warning: sources.s.every: interval too short for a public server; use 1m or"
          + " more"
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
    #expect(SourceSettings.read("preset: ecb\nurl: \(url)").definition == nil)
  }

  @Test("is equal to itself, and to no source that fetches or reads differently")
  func equality() {
    let plain = SourceSettings.read("preset: timesca").definition
    #expect(plain == SourceSettings.read("preset: timesca").definition)
    #expect(plain != SourceSettings.read("preset: ecb").definition)
    #expect(plain != SourceSettings.read("preset: timesca\nevery: 5m").definition)
    #expect(plain != SourceSettings.read("preset: timesca\nurl: https://a.example/").definition)
  }
}
