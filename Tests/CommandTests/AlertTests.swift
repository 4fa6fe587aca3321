import Crypto
import FXCore
import Foundation
import Support
import Testing

@Suite("A page that moves", .timeLimit(.minutes(5)))
struct AlertTests {
  @Test(
    "from 24 March 2025 to 20 February 2026 fires for TJS and KZT, the same for every notifier",
    arguments: [false, true])
  func seeds(isHTML: Bool) async throws {
    @Sendable func page(_ ticker: Ticker) -> LoopbackServer.Reply {
      .text(
        isHTML ? ticker.html : ticker.text,
        [.init("Content-Type", isHTML ? "text/html; charset=utf-8" : "text/plain")])
    }
    let server = try LoopbackServer { _ in page(.march2025) }
    let receiver = try Receiver()
    let key = [UInt8](repeating: 7, count: 32)
    let installation = try Installation()
    let secret = try installation.scratch.write(
      "whsec_\(Data(key).base64EncodedString())\n", to: "secret")
    try installation.configure(
      sources: [("timesca", Installation.ticker(server.url))],
      rules: [("big-move", "{when: abs(change) > 1%}")],
      notifiers: [
        ("text", "{type: stdout, format: text}"), ("json", "{type: stdout, format: json}"),
        ("logfmt", "{type: stdout, format: logfmt}"),
        ("ops", "{type: webhook, url: \"\(receiver.url)\", secret: {file: \(secret)}}"),
      ])
    let daemon = try await installation.daemon()
    _ = await server.requests(atLeast: 2)
    server.answer { _ in page(.february2026) }
    let posts = try await receiver.taken(2)
    let lines = try await daemon.output.first(6)
    let asked = server.requests.count
    _ = await server.requests(atLeast: asked + 2)
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()

    #expect(ending.status == 0)
    #expect(receiver.posts.all.count == 2)
    #expect(ending.output.split(separator: "\n").count == 6)
    #expect(Set(posts.map(\.pair)) == ["KZT/USD", "TJS/USD"])
    #expect(posts[0].id != posts[1].id)
    for post in posts { #expect(post.signature == Self.signature(of: post, key: key)) }
    let tjs = try #require(posts.first { $0.pair == "TJS/USD" })
    let kzt = try #require(posts.first { $0.pair == "KZT/USD" })
    #expect(
      Self.fixed(tjs.payload)
        == Self.payload(
          pair: "TJS", rate: "0.10563", previous: "0.09168", published: "-0.09%",
          change: ["15.22", "15.20", "15.23", "0.01395", "1395"], isHTML: isHTML,
          summary: "TJS/USD at timesca: 0.09168 → 0.10563, +15.22 % (15.20 to 15.23)"))
    #expect(
      Self.fixed(kzt.payload)
        == Self.payload(
          pair: "KZT", rate: "0.00202", previous: "0.00199", published: "0%",
          change: ["1.51", "1.00", "2.02", "0.00003", "3"], isHTML: isHTML,
          summary: "KZT/USD at timesca: 0.00199 → 0.00202, +1.51 % (1.00 to 2.02)"))
    for post in posts {
      let payload = String(decoding: post.body, as: UTF8.self)
      #expect(lines.filter { $0 == payload }.count == 1)
    }
    let words = lines.filter { $0.contains(" WARNING big-move ") }
    #expect(words.count == 2)
    #expect(words.contains { $0.contains("0.09168 → 0.10563, +15.22 % (15.20 to 15.23)") })
    #expect(words.contains { $0.contains("0.00199 → 0.00202, +1.51 % (1.00 to 2.02)") })
    let pairs = lines.filter { $0.hasPrefix("time=") }
    #expect(pairs.count == 2)
    #expect(
      pairs.contains {
        $0.contains("pair=TJS/USD") && $0.contains("rate=0.10563")
          && $0.contains("previous=0.09168")
          && $0.contains("change=15.22 change_low=15.20 change_high=15.23 delta=0.01395 ticks=1395")
      })
    #expect(
      pairs.contains {
        $0.contains("pair=KZT/USD")
          && $0.contains("change=1.51 change_low=1.00 change_high=2.02 delta=0.00003 ticks=3")
      })
  }

  /// The signature of Standard Webhooks, computed here.
  private static func signature(of post: Receiver.Post, key: [UInt8]) -> String {
    let signed = Array("\(post.id).\(post.timestamp).".utf8) + post.body
    let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: key))
    return "v1,\(Data(code).base64EncodedString())"
  }

  /// The payload with `…` for identifiers and instants, which must be there.
  private static func fixed(_ value: JSONValue, key: String = "") -> JSONValue {
    switch value {
    case .object(let members):
      .object(members.map { .init($0.name, fixed($0.value, key: $0.name)) })
    case .string(let text):
      switch key {
      case "alert_id": text.hasPrefix("alert_") ? .string("…") : value
      case "timestamp", "observed_at": Timestamp(text: text) != nil ? .string("…") : value
      default: value
      }
    default: value
    }
  }

  private static func payload(
    pair base: String, rate: String, previous: String, published: String, change: [String],
    isHTML: Bool, summary: String
  ) -> JSONValue {
    let link = isHTML ? "\"https://timesca.com/corridor\"" : "null"
    let text = """
      {"type": "alert.firing", "timestamp": "…", "data": {
        "version": 1, "alert_id": "…", "rule": "big-move", "kind": "event",
        "severity": "warning", "summary": "\(summary)",
        "source": "timesca", "pair": "\(base)/USD", "base": "\(base)", "quote": "USD",
        "side": "mid", "rate": "\(rate)", "printed": "\(rate)", "nominal": 1, "tick": "0.00001",
        "value_date": "2026-02-20", "observed_at": "…",
        "previous": {"rate": "\(previous)", "value_date": "2025-03-24", "observed_at": "…"},
        "change": {"percent": "\(change[0])", "low": "\(change[1])", "high": "\(change[2])",
          "absolute": "\(change[3])", "ticks": \(change[4])},
        "published_change": "\(published)", "condition": "abs(change) > 1%", "labels": {},
        "headlines": [{"title": "Kazakhstan and its neighbours agree on a corridor",
          "link": \(link)}]}}
      """
    return (try? JSONReader.read(Array(text.utf8))) ?? .null
  }

  @Test("by one tick of 12.5 % fires only with certainty: printed")
  func oneTick() async throws {
    let before = Ticker(nil, [("UZS/USD", "0.00008", "0%")])
    let after = Ticker(nil, [("UZS/USD", "0.00009", "0%"), ("KGS/USD", "0.01144", "0%")])
    let server = try LoopbackServer(page: before.text)
    let receiver = try Receiver()
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(server.url))],
      rules: [
        ("certain", "{pairs: [UZS/USD], when: abs(change) > 1%}"),
        ("printed", "{pairs: [UZS/USD], when: abs(change) > 1%, certainty: printed}"),
        ("end", "{pairs: [KGS/USD], when: rate > 0}"),
      ],
      notifiers: [("ops", Installation.webhook(receiver.url))])

    let check = try await installation.command("check")
    #expect(check.status == 0)
    #expect(
      check.errors.split(separator: "\n").map(String.init) == [
        "\(installation.config):5:37: warning: rules.certain.when: UZS/USD at timesca prints 0.00008:"
          + " one tick is 12.5 %, so smaller moves are below the source's rounding; a certain move"
          + " of 1 % needs 2 ticks, 25 %"
      ])

    let daemon = try await installation.daemon()
    _ = await server.requests(atLeast: 2)
    server.answer(page: after.text)
    let posts = try await receiver.taken(2)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
    #expect(Set(posts.map { $0["rule"] }) == ["printed", "end"])
    let change = posts.first { $0["rule"] == "printed" }?.payload["data"]?["change"]
    #expect(
      change?.description
        == #"{"percent":"12.50","low":"0.00","high":"26.67","absolute":"0.00001","ticks":1}"#)
    #expect(receiver.posts.all.count == 2)
  }
}
