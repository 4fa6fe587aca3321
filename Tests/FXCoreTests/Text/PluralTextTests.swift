import FXCore
import Testing

@Suite("Counts with nouns")
struct PluralTextTests {
  @Test("have the right plural")
  func plural() {
    #expect(PluralText.text(1, "source") == "1 source")
    #expect(PluralText.text(0, "source") == "0 sources")
    #expect(PluralText.text(2, "delivery", plural: "deliveries") == "2 deliveries")
  }
}
