import FXCore
import Support
import Testing

@Suite("The signs of secrets")
struct SecretSignsTests {
  private static let all = SecretSigns(rawValue: 63)

  @Test("are none in the usual texts", arguments: ["", "no series of ecb matches EUR/CZK"])
  func usual(text: String) { #expect(SecretSigns(in: text).isEmpty) }

  /// Random texts of what secrets are made of.
  @Test("leave no secret unmasked")
  func complete() {
    let parts = [
      "whsec_", "xoxb-", "xapp-", "ghp_", "github_pat_", "glpat-", "sk_live_", "rk_test_", "sk-",
      "tk_", "AKIA", "AIza", "ya29.", "eyJ", "SG.", "Basic", "bearer", " ", "?", "&", "key=",
      "TOKEN=",
      "http://", "user:", "@", "h.example", "…", "'", "123456", ":", "a1B2c3D4e5F6", "Z9y8X7w6V5u4",
      "name", "-", "_", "é",
    ]
    var random = SeededRandom(seed: 1)
    for _ in 0..<2000 {
      let text = (0..<Int.random(in: 1...6, using: &random)).map { _ in
        parts.randomElement(using: &random) ?? ""
      }.joined()
      #expect(SecretMask.masked(text) == SecretMask.masked(text, with: Self.all), "\(text)")
    }
  }
}
