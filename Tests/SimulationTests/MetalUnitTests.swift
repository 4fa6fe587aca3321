import FXCore
import InMemoryStore
import StoreSuite
import Testing

@Suite("Metals by the gram and by the ounce")
struct MetalUnitTests {
  /// An observation of a pair; nil if a text is invalid.
  private static func observation(_ pair: String, _ side: Side, _ text: String) -> Observation? {
    guard let pair = CurrencyPair(pair), let printed = ExactDecimal(text),
      let rate = Rate(printed: printed)
    else { return nil }
    return Observation(pair: pair, side: side, rate: rate)
  }

  /// A source by the gram that also prints dollars, and one by the ounce.
  private static func world(_ rules: [Rule], gram: String, ounce: String) -> World {
    World(
      plan: Plan(
        sources: [
          Fixture.source("gram", every: .seconds(60)), Fixture.source("ounce", every: .seconds(60)),
        ], rules: rules, notifiers: [Fixture.notifier("ops")]), start: Fixture.start
    ) { source, now in
      let observations =
        source.text == "gram"
        ? [observation("XAU/RUB", .midOfGram, gram), observation("USD/RUB", .mid, "80.0000")]
        : [observation("XAU/RUB", .mid, ounce)]
      return .read(
        SourceReading(valueDate: now.day, observations: observations.compactMap(\.self)),
        bodyHash: source.text, validators: nil)
    }
  }

  @Test("are compared exactly: a troy ounce is 31.1034768 g")
  func spread() throws {
    // 10 000 roubles a gram are 311 034.768 an ounce.
    var near = try Fixture.rule("near", "abs(spread(ounce)) < 0.001%")
    near.sources = [SourceName("gram")]
    var back = try Fixture.rule("back", "abs(spread(gram)) < 0.001%")
    back.sources = [SourceName("ounce")]
    var world = Self.world([near, back], gram: "10000.0000", ounce: "311034.7680")
    world.run(until: Fixture.start + .seconds(600))
    #expect(
      Set(world.store.fired.map { "\($0.key.rule) \($0.key.series)" })
        == ["near gram XAU/RUB mid gram", "back ounce XAU/RUB"])
  }

  @Test("are not compared as if they were equal")
  func differ() throws {
    var rule = try Fixture.rule("apart", "abs(spread(ounce)) > 2%")
    rule.sources = [SourceName("gram")]
    var world = Self.world([rule], gram: "10000.0000", ounce: "10000.0000")
    world.run(until: Fixture.start + .seconds(600))
    #expect(world.store.fired.map { "\($0.key.series)" } == ["gram XAU/RUB mid gram"])
  }

  @Test("have cross rates through the currencies of their source")
  func cross() throws {
    let rule = try Fixture.rule("cross", "cross(XAU/USD) > 124.9")
    var world = Self.world([rule], gram: "10000.0000", ounce: "311034.7680")
    world.run(until: Fixture.start + .seconds(600))
    #expect(world.store.fired.map { "\($0.key.series)" } == ["gram XAU/RUB mid gram"])
  }
}
