import FXCore
import FXNotifiers
import Testing

@Suite("A webhook's signature")
struct WebhookSignerTests {
  @Test("equals the specification's published example")
  func publishedExample() throws {
    let signer = try WebhookSigner(Secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
    #expect(
      signer.signature(
        id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1_614_265_330,
        body: Array(#"{"test": 2432232314}"#.utf8))
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
  }

  @Test("equals that of another language's library")
  func foreignLibrary() throws {
    // Python's standardwebhooks 1.1.0: Webhook(secret).sign(id, instant, body).
    let signer = try WebhookSigner(Secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="))
    #expect(
      signer.signature(
        id: "evt_0652c5eeb5b0e4b8_2", timestamp: 1_771_578_902,
        body: Array(
          #"{"type":"alert.firing","data":{"summary":"TJS/USD: 0.09168 → 0.10563"}}"#.utf8))
        == "v1,kof7uqlwvA37+9og1yO6Als3Pa2Mhix9ht3sfy+xxOY=")
  }

  @Test(
    "requires a valid secret, and never quotes an invalid one",
    arguments: [
      ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "is not 'whsec_' followed by base64"),
      ("whsec_not base64!", "is not 'whsec_' followed by base64"),
      (
        "whsec_",
        "contains a key of 0 bytes; Standard Webhooks requires 24 to 64"
      ),
      (
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRY=",
        "contains a key of 23 bytes; Standard Webhooks requires 24 to 64"
      ),
      (
        "whsec_" + String(repeating: "AAAA", count: 22),
        "contains a key of 66 bytes; Standard Webhooks requires 24 to 64"
      ),
    ])
  func badSecrets(text: String, message: String) {
    let remedy = "; make one with: echo whsec_$(head -c 32 /dev/urandom | base64)"
    #expect(throws: SecretProblem(message + remedy)) { try WebhookSigner(Secret(text)) }
  }
}
