import FXCore
import FXSources

/// A page of fifteen rates that sometimes changes and sometimes fails; counts the changed rates.
struct SoakPage {
  /// True if the page does not change any more.
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
      throw BenchFailure("invalid settings")
    }
    self.reader = reader
    coefficients = (0..<15).map { 50_000 + 1000 * $0 }
    changed = coefficients.count
  }

  /// Returns the outcome of the next fetch.
  mutating func fetch(_ chance: inout SoakChance) -> FetchOutcome {
    polls += 1
    if polls > 1, chance.next(200) == 0 {
      return chance.next(2) == 0
        ? .failed(because: "the server answered HTTP 500", retryAfter: nil)
        : .unreachable(because: "connection refused")
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

  /// Changes one rate: half of the changes fire an alert; rates keep five digits.
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
