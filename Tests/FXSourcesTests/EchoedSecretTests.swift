import FXCore
import FXSources
import Testing

@Suite("A secret that a service quotes")
struct EchoedSecretTests {
  private static let key = "pl4nted-k3y/with+sign-0123456789-0123456789-0123456789-0123456789"
  private static let redaction = Redaction([Secret(key)])

  /// The settings of a source that reads every field from the body.
  private static let settings =
    "url: https://a.example/?key={key}\nevery: 1h\nkey: {credential: k}\nformat: json\nrows: r"
    + "\nbase: b\nquote: USD\nrate: v\nchange: c\ndate: $.d\nerror: $.e"

  private static func body(
    base: String = "KGS", rate: String = "0.01", change: String = "", date: String = "2026-02-20",
    error: String = ""
  ) -> [UInt8] {
    let row = JSONValue.object([
      .init("b", .string(base)), .init("v", .string(rate)), .init("c", .string(change)),
    ])
    return Array(
      JSONValue.object([
        .init("d", .string(date)), .init("e", .string(error)), .init("r", .array([row])),
      ]).description.utf8)
  }

  @Test(
    "is in no error",
    arguments: [
      body(base: key), body(rate: key), body(rate: "1\(key)"), body(date: key),
      body(error: "Invalid key \(key)"),
      body(error: "The key that was used, \(key), is not valid"),
      body(date: "pl4nted-k3y%2Fwith%2bsign-0123456789-0123456789-0123456789-0123456789"),
      body(base: #"pl4nted-k3y\/with+sign-0123456789-0123456789-0123456789-0123456789"#),
      Array("<html><title>\(key)</title></html>".utf8),
      Array("<html><title>Forbidden: \(key)</title></html>".utf8),
      Array("no JSON: \(key)".utf8), Array(#"{"\#(key)": 1}"#.utf8),
      Array(#"{"r": {"\#(key)": {"\#(key)": 1}}}"#.utf8),
    ])
  func errors(body: [UInt8]) throws {
    let source = try #require(SourceSettings.read(Self.settings).definition)
    for read in [false, true] {
      let error = try #require(throws: ParseError.self) {
        if read {
          _ = try source.read(body, contentType: nil, redaction: Self.redaction)
        } else {
          _ = try source.origins(in: body, contentType: nil, redaction: Self.redaction)
        }
      }
      #expect(!error.message.contains("pl4n"))
    }
  }

  @Test("is not in a printed change, nor in the texts that --explain prints")
  func change() throws {
    let source = try #require(SourceSettings.read(Self.settings).definition)
    let body = Self.body(change: "?key=\(Self.key)")
    let reading = try source.read(body, contentType: nil, redaction: Self.redaction)
    #expect(reading.observations.map(\.publishedChange) == ["?key=[secret]…"])
    #expect(reading.observations.map(\.rate.printed.description) == ["0.01"])
    let origins = try source.origins(in: body, contentType: nil, redaction: Self.redaction)
    #expect(origins.flatMap(\.printed).first { $0.field == "change" }?.text == "?key=[secret]")
  }

  @Test("is not in the days of an archive")
  func archive() throws {
    let source = try #require(SourceSettings.read(Self.settings).definition)
    var changes: [String?] = []
    try source.readArchive(Self.body(change: Self.key), redaction: Self.redaction) {
      changes += $0.observations.map(\.publishedChange)
    }
    #expect(changes == ["[secret]…"])
  }

  @Test("is not in a headline or its link")
  func headlines() throws {
    let source = try #require(SourceSettings.read("preset: timesca").definition)
    let page = """
      <html><body><p>KGS/USD = 0.01144 0%</p><p>20 February 2026</p><p>Viewing results 1 - 6 of 2</p>
      <h2><a href="/?key=pl4nted-k3y%2Fwith%2Bsign-0123456789-0123456789-0123456789-0123456789">
      For \(Self.key)</a></h2></body></html>
      """
    let reading = try source.read(
      Array(page.utf8), contentType: "text/html", redaction: Self.redaction)
    #expect(
      reading.headlines == [
        Headline(title: "For [secret]", link: "https://timesca.com/?key=[secret]")
      ])
  }

  @Test("is recognized where the config contains it although it should not")
  func written() throws {
    let source = try #require(
      SourceSettings.read(
        "url: https://a.example/?base=USDUSDUSD&api_key=pl4nted%20k3y&k=pl4nted\nevery: 1h"
          + "\nformat: json\nheaders: {Authorization: Bearer pl4nted-t0ken, X-Note: pl4nted-note}"
      ).definition)
    let redaction = try source.request(
      at: Timestamp(seconds: 0), zones: NoZones(), secrets: NoSecrets()
    ).redaction
    #expect(
      source.address(at: Timestamp(seconds: 0), zones: NoZones())
        == "https://a.example/?base=USDUSDUSD&api_key=[secret]&k=pl4nted")
    #expect(
      redaction.redacted("USDUSDUSD pl4nted k3y, pl4nted%20k3y, pl4nted-t0ken, pl4nted-note")
        == "USDUSDUSD [secret], [secret], [secret], pl4nted-note")
  }

  private struct NoZones: Zones {
    func offset(ofZone zone: String, at instant: Timestamp) -> Int? { nil }
  }

  private struct NoSecrets: Secrets {
    func read(_ reference: SecretReference) throws(SecretProblem) -> Secret {
      throw SecretProblem("none")
    }
  }

  @Test("of digits makes a rate unreadable instead of changing it")
  func digits() throws {
    let source = try #require(SourceSettings.read(Self.settings).definition)
    let redaction = Redaction([Secret("471147114711")])
    #expect(
      throws: ParseError(
        "the rate of KGS/USD contains the source's secret; the response is not what it should be")
    ) {
      try source.read(
        Self.body(rate: "0.471147114711"), contentType: nil, redaction: redaction)
    }
    #expect(
      try source.read(Self.body(rate: "0.4711471147"), contentType: nil, redaction: redaction)
        .observations.map(\.rate.printed.description) == ["0.4711471147"])
  }
}
