import Properties
import Testing

@Suite("What is said of rounded figures")
struct PropertyTests {
  /// A million of each are checked by `make property`, which is built to be fast.
  static let runs = 3000

  @Test("is true of random figures", arguments: Promise.all.indices)
  func promise(index: Int) {
    let promise = Promise.all[index]
    #expect(promise.violations(in: Self.runs, seed: 7) == [], "\(promise.sentence)")
  }
}
