import FXCore
import Testing

struct RedactionTests {
  private static let key = "pl4nted/k3y+with&signs"

  @Test(
    "A secret is removed in each spelling",
    arguments: [
      "Invalid key pl4nted/k3y+with&signs.",
      "Invalid key PL4NTED/K3Y+WITH&SIGNS.",
      "Invalid key pl4nted%2Fk3y%2Bwith%26signs.",
      "Invalid key pl4nted%2fk3y%2bwith%26signs.",
      "Invalid key %70l4nted%252Fk3y%252bwith%2526signs.",
      #"Invalid key pl4nted\/k3y+with&signs."#,
      #"Invalid key \u0070l4nted\u002fk3y\u002Bwith\u0026signs."#,
      "Invalid key pl4nted/k3y+with&amp;signs.",
      "Invalid key pl4nted&#47;k3y&#x2B;with&AMP;signs.",
      #"Invalid key pl4nted\/k3y%2Bwith&amp;amp;signs."#,
      "Invalid key 706C346E7465642f6b33792b77697468267369676e73.",
    ])
  func spellings(text: String) {
    #expect(Redaction([Secret(Self.key)]).redacted(text) == "Invalid key [secret].")
    #expect(Redaction([Secret(Self.key)]).isFound(in: text))
  }

  @Test("A form's spaces, other characters than ASCII and all of several secrets are removed")
  func several() {
    let redaction = Redaction([Secret("pass word ü"), Secret("t0ken")])
    #expect(
      redaction.redacted("pass+word+%C3%BC, pass%20word%20%c3%bc, pass word ü, t0ken, t0kens")
        == "[secret], [secret], [secret], [secret], [secret]s")
  }

  @Test(
    "Base64 is removed with the credentials around it, whatever is before the secret",
    arguments: [
      // "key", "a:key", "ab:key", "abc:key", "\0user\0key" and "key:" with the key pl4nted-k3y.
      "cGw0bnRlZC1rM3k=", "YTpwbDRudGVkLWszeQ==", "YWI6cGw0bnRlZC1rM3k=",
      "YWJjOnBsNG50ZWQtazN5", "AHVzZXIAcGw0bnRlZC1rM3k=", "cGw0bnRlZC1rM3k6",
    ])
  func base64(text: String) {
    #expect(
      Redaction([Secret("pl4nted-k3y")]).redacted("Basic \(text) is wrong")
        == "Basic [secret] is wrong")
  }

  @Test("The parts of credentials that are secret alone are removed alone")
  func parts() {
    // me:pl4nted-pa55
    let basic = Redaction([Secret("Basic bWU6cGw0bnRlZC1wYTU1")])
    #expect(
      basic.redacted("'pl4nted-pa55' of me:pl4nted-pa55, bWU6cGw0bnRlZC1wYTU1")
        == "'[secret]' of [secret], [secret]")
    let url = Redaction([Secret("https://hooks.example/services/T0123456/pl4nted-t0ken?a=b")])
    #expect(
      url.redacted("https://hooks.example:443 has no pl4nted-t0ken at /services/T0123456 now")
        == "https://hooks.example:443 has no [secret] at /services/[secret] now")
  }

  @Test(
    "Of a URL the server is shown and the tokens are not",
    arguments: [
      ("http://127.0.0.1:9/", "http://127.0.0.1:9: connection refused"),
      ("https://hooks.eu-west-1.example/T0KEN-1234", "hooks.eu-west-1.example refused [secret]"),
      ("https://e0k4j2h9x7.hooks.example/", "https://[secret].hooks.example: no such host"),
      ("https://user1:passw0rd@bank.example/", "bank.example refused [secret]"),
    ])
  func address(url: String, shown: String) {
    let token = url.contains("T0KEN") ? "T0KEN-1234" : url.contains("@") ? "passw0rd" : "e0k4j2h9x7"
    let text = shown.replacing("[secret]", with: token)
    #expect(Redaction([Secret(url)]).redacted(text) == shown)
  }

  @Test("The reason of every outcome of a delivery is redacted")
  func outcomes() {
    let redaction = Redaction([Secret("t0ken")])
    let outcomes: [DeliveryOutcome] = [
      .delivered(detail: "queued for t0ken"),
      .retry(because: "busy: t0ken", after: .seconds(3), slowDown: true),
      .limited(because: "busy: t0ken", after: .seconds(3)),
      .refused(because: "unknown t0ken"),
    ]
    #expect(
      outcomes.map { $0.redacted(by: redaction) } == [
        .delivered(detail: "queued for [secret]"),
        .retry(because: "busy: [secret]", after: .seconds(3), slowDown: true),
        .limited(because: "busy: [secret]", after: .seconds(3)),
        .refused(because: "unknown [secret]"),
      ])
  }

  @Test("A secret is removed up to the place where its text was cut")
  func cut() {
    let redaction = Redaction([Secret("pl4nted-k3y-0123456789")])
    #expect(redaction.redacted("'key pl4nted-k3y-0…' is") == "'key [secret]…' is")
    #expect(redaction.redacted("'key pl4nted%2…' is") == "'key [secret]%2…' is")
    #expect(redaction.redacted("key pl4nted-k3y-01") == "key [secret]")
    #expect(redaction.redacted("no pl4nted") == "no pl4nted")
    #expect(
      redaction.redacted("pl4nted-k3y-012345678 and more") == "pl4nted-k3y-012345678 and more")
    #expect(!redaction.isFound(in: "key pl4nted-k3y-0…"))
  }

  @Test("A secret of fewer than four characters is removed only as a word")
  func short() {
    let redaction = Redaction([Secret("ab")])
    #expect(
      redaction.redacted("ab, 'AB' about cab ab1 é") == "[secret], '[secret]' about cab ab1 é")
  }

  @Test("A number contains a secret of digits, if that is long enough to be recognized")
  func numbers() {
    let redaction = Redaction([Secret("4711471147"), Secret("12345")])
    #expect(redaction.isFound(inNumber: "0.4711471147"))
    #expect(!redaction.isFound(inNumber: "0.47114711"))
    #expect(!redaction.isFound(inNumber: "0.12345"))
  }

  @Test("Without secrets every text is kept, and printing a redaction shows no secret")
  func none() {
    #expect(Redaction.none.isEmpty && Redaction([Secret("")]).isEmpty)
    #expect(Redaction.none.redacted("a%20b") == "a%20b")
    let redaction = Redaction([Secret("pl4nted")])
    var dumped = "\(redaction) \(String(reflecting: redaction))"
    dump(redaction, to: &dumped)
    #expect(!dumped.contains("pl4nted") && !dumped.contains("112, 108"))
  }

  @Test("Texts of any bytes are redacted in linear time, and what remains is the rest of the text")
  func hostile() {
    let redaction = Redaction([Secret("pl4nted%41&amp;\\u0041")])
    var random = StableBytes()
    for _ in 0..<300 {
      let filling = (0..<40).map { _ in random.next(among: Array("%&;#\\ux24plné…+ ")) }
      let text = String(filling) + "pl4nted%41&amp;\\u0041" + String(filling)
      let redacted = redaction.redacted(text)
      #expect(!redacted.contains("pl4nted%41"))
      #expect(redacted.hasPrefix(String(filling.prefix(4))))
    }
    let long = String(repeating: "%25", count: 100_000)
    #expect(redaction.redacted(long) == long)
  }
}

/// A simple generator, always with the same sequence.
private struct StableBytes {
  private var state: UInt64 = 42

  mutating func next(among characters: [Character]) -> Character {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return characters[Int(state >> 33) % characters.count]
  }
}
