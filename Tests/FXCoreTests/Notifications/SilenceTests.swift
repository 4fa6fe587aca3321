import FXCore
import Testing

@Suite("A silence")
struct SilenceTests {
  static let now = Timestamp(seconds: 1_771_578_000)

  private func alert(
    _ rule: String, _ source: String, _ pair: String, _ severity: Severity = .warning,
    labels: [Rule.Label] = []
  ) throws -> SilenceTarget {
    let series = Series(
      source: SourceName(source), pair: try #require(CurrencyPair(pair)), side: .mid)
    return SilenceTarget(
      AlertKey(rule: rule, series: series), severity: severity, labels: labels)
  }

  private func silence(_ matchers: String..., ended: Timestamp? = nil) throws -> Silence {
    Silence(
      id: 1, matchers: try matchers.map { try SilenceMatcher($0) }, author: "ana",
      reason: "moving house", created: Self.now, until: Self.now + .seconds(3600), ended: ended)
  }

  @Test("covers an alert that matches every key, by any value of each")
  func coverage() throws {
    let silence = try silence("rule=big-move", "pair=*/USD", "pair=EUR/RUB", "severity=warning")
    #expect(silence.covers(try alert("big-move", "ecb", "KGS/USD")))
    #expect(silence.covers(try alert("big-move", "ecb", "EUR/RUB")))
    #expect(!silence.covers(try alert("other", "ecb", "KGS/USD")))
    #expect(!silence.covers(try alert("big-move", "ecb", "EUR/KZT")))
    #expect(!silence.covers(try alert("big-move", "ecb", "KGS/USD", .critical)))
    #expect(
      try self.silence("source=ecb").covers(try alert("a", "ecb", "EUR/KZT", .info)))
    #expect(
      try !self.silence("source=ecb").covers(try alert("a", "cbu", "EUR/KZT", .info)))
    #expect(try !self.silence().covers(try alert("a", "ecb", "EUR/KZT", .info)))
  }

  @Test("covers alerts by labels of their rules, and by patterns")
  func labels() throws {
    let labelled = try alert(
      "big-move", "timesca", "KGS/USD",
      labels: [Rule.Label("team", "fx-asia"), Rule.Label("desk", "7")])
    #expect(try silence("team=fx-asia").covers(labelled))
    #expect(try silence("team=fx-*", "desk=7").covers(labelled))
    #expect(try !silence("team=fx", "desk=7").covers(labelled))
    #expect(try silence("team=fx", "team=*asia").covers(labelled))
    #expect(try !silence("team=fx-*", "desk=8").covers(labelled))
    #expect(try silence("rule=big-*", "source=times*", "pair=K*/USD").covers(labelled))
    #expect(try !silence("rule=*small*").covers(labelled))
    #expect(try !silence("team=*").covers(try alert("big-move", "timesca", "KGS/USD")))
    let data = JSONValue.object([.init("labels", .object([.init("team", .string("fx-asia"))]))])
    #expect(
      SilenceTarget(labelled.key, severity: .info, data: data).labels
        == [Rule.Label("team", "fx-asia")])
  }

  @Test("holds until its end, or until it is ended")
  func time() throws {
    let silence = try silence("rule=a")
    #expect(silence.isActive(at: Self.now))
    #expect(silence.isActive(at: silence.until - .milliseconds(1)))
    #expect(!silence.isActive(at: silence.until))
    #expect(try !self.silence("rule=a", ended: Self.now).isActive(at: Self.now))
  }

  @Test(
    "is read from its text",
    arguments: ["rule=a*", "pair=*/USD", "source=x", "severity=info", "team=fx=1"])
  func matchers(text: String) throws {
    #expect(try SilenceMatcher(text).description == text)
  }

  @Test(
    "reports an invalid matcher",
    arguments: [
      ("rule", "'rule' is not a matcher; expected key=value, as in rule=big-move or pair=*/USD"),
      ("rule=", "'rule=' is not a matcher; expected key=value, as in rule=big-move or pair=*/USD"),
      ("pair=EURUSD", "'EURUSD' is not a currency pair; expected the form EUR/USD or */USD"),
      (
        "severity=critcal",
        "'critcal' is not one of info, notice, warning, critical; did you mean 'critical'?"
      ),
      (
        "pairs=*",
        "'pairs' is an unknown label; expected one of pair, rule, severity, source, team; "
          + "did you mean 'pair'?"
      ),
    ])
  func badMatchers(text: String, message: String) {
    #expect { try SilenceMatcher(text, labels: ["team"]) } throws: {
      ($0 as? SilenceProblem)?.message == message
    }
  }

  @Test("and an acknowledgement have an author and a reason, each one sanitized line")
  func attribution() throws {
    let attribution = try Attribution(author: "ana", reason: "moving\u{1b}[31m house")
    #expect(attribution.author == "ana")
    #expect(attribution.reason == "moving\\u{1b}[31m house")
    #expect { try Attribution(author: " ", reason: "x") } throws: {
      ($0 as? SilenceProblem)?.message
        == "the author is empty; it is required"
    }
    #expect { try Attribution(author: "a", reason: "") } throws: {
      ($0 as? SilenceProblem)?.message
        == "the reason is empty; it is required"
    }
    #expect { try Attribution(author: String(repeating: "a", count: 81), reason: "x") } throws: {
      ($0 as? SilenceProblem)?.message
        == "the author is too long; the maximum is 80 characters"
    }
  }

  @Test("applies as the longest of several")
  func longest() throws {
    let alert = try alert("a", "ecb", "EUR/USD", .info)
    let matchers = [try SilenceMatcher("rule=a")]
    func silence(_ id: Int64, hours: Int) -> Silence {
      Silence(
        id: id, matchers: matchers, author: "ana", reason: "x", created: Self.now,
        until: Self.now + .seconds(3600 * hours))
    }
    func known(_ id: Int64, _ until: Timestamp?) -> Acknowledgement {
      Acknowledgement(
        id: id, alertID: "alert-1", author: "ana", reason: "x", created: Self.now, until: until)
    }
    let suppressions = Suppressions(
      silences: [silence(1, hours: 1), silence(2, hours: 3), silence(3, hours: 2)],
      acknowledgements: [known(1, Self.now + .seconds(60)), known(2, nil)])
    #expect(suppressions.silence(of: alert, at: Self.now)?.id == 2)
    #expect(
      suppressions.silence(of: alert, at: Self.now + .seconds(3 * 3600)) == nil)
    #expect(suppressions.acknowledgement(of: "alert-1", at: Self.now)?.id == 2)
    #expect(suppressions.acknowledgement(of: "alert-2", at: Self.now) == nil)
  }
}
