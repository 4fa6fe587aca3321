import Properties
import Testing

@Suite("A property of exact arithmetic and conditions")
struct PropertyTests {
  /// `make property` checks a million cases of each, in an optimized build.
  static let runs = 3000

  @Test("holds for random rates", arguments: Property.all.indices)
  func property(index: Int) {
    let property = Property.all[index]
    #expect(property.violations(in: Self.runs, seed: 7) == [], "\(property.sentence)")
  }
}
