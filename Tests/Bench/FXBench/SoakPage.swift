import FXCore
import FXSources

/// A page of fifteen rates that changes now and then and sometimes fails, and how many figures it has
/// changed.
struct SoakPage {
  /// Whether it says the same from now on.
  var isQuiet = false

  private(set) var polls = 0
  private(set) var pages = 1
  private(set) var changed: Int

  private var coefficients: [Int]
  private var lastShown = 0
  private let reader: any SourceReader

  init() throws {
    let settings = "format: csv\nbase: base\nquote: quote\nrate: rate"
    guard let reader = RecordedBody.source(settings) else {
      throw BenchFailure("the page cannot be described")
    }
    self.reader = reader
    coefficients = (0..<15).map { 50_000 + 1000 * $0 }
    changed = coefficients.count
  }

  /// What asking for it comes to.
  mutating func answer(_ chance: inout SoakChance) -> FetchOutcome {
    polls += 1
    if polls > 1, chance.next(200) == 0 {
      return chance.next(2) == 0
        ? .failed(because: "the server answered HTTP 500", retryAfter: nil)
        : .unreachable(because: "nobody answers")
    }
    if polls > 1, !isQuiet, chance.next(4) == 0 {
      let first = chance.next(coefficients.count)
      let count = 1 + chance.next(4)
      for index in first..<(first + count) { move(index % coefficients.count, &chance) }
      pages += 1
      changed += count
    }
    if lastShown == pages { return .unchanged }
    do throws(ParseError) {
      let reading = try reader.read(body, contentType: "text/csv")
      lastShown = pages
      return .read(reading, bodyHash: "\(pages)", validators: nil)
    } catch {
      return .failed(because: error.message, retryAfter: nil)
    }
  }

  /// Half of the moves are told; each figure stays well within five digits.
  private mutating func move(_ index: Int, _ chance: inout SoakChance) {
    let step = chance.next(2) == 0 ? 20 : 2400
    coefficients[index] += coefficients[index] < 60_000 ? step : -step
  }

  private var body: [UInt8] {
    var text = "base,quote,rate\n"
    for (index, coefficient) in coefficients.enumerated() {
      text += "\(ReaderRows.codes[index]),USD,1.\(coefficient)\n"
    }
    return Array(text.utf8)
  }
}

/// Chance that comes out the same in every run.
struct SoakChance {
  var state: UInt64

  /// A number from 0 to below `limit`.
  mutating func next(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }
}
