import FXCommands
import FXCore
import Testing

@Suite("The publishers that are proposed for a pair")
struct PublisherProposalsTests {
  @Test("are those whose examples have it or its inverse, in their direction, then likely ones")
  func proposals() throws {
    let pair = try #require(CurrencyPair("USD/KGS"))
    let all = PublisherProposals(for: pair).proposals
    #expect(all.contains { $0.preset == "nbkr" && "\($0.pair)" == "USD/KGS" && $0.isCertain })
    #expect(all.contains { $0.preset == "timesca" && "\($0.pair)" == "KGS/USD" && $0.isCertain })
    #expect(all.map(\.isCertain).sorted { $0 && !$1 } == all.map(\.isCertain))
    #expect(Set(all.map(\.publisher)).count == all.count)
    #expect(!all.contains { $0.preset == "openexchangerates" })
  }

  @Test("do not exist for a pair without a publisher")
  func none() throws {
    let pair = try #require(CurrencyPair("KGS/TJS"))
    #expect(
      !PublisherProposals(for: pair).proposals.contains { $0.isCertain && $0.preset == "ecb" })
  }
}
