import Support

/// Writes random pasts of a page and of a bank with fixings, or of one of them.
///
/// Rates stay between 1.15 and 1.9, so that no guard trips, on a grid that is coarse enough for rounding to
/// matter. Each publication has a pair `AUD/NZD` that never has the same rate twice: without it, an edition
/// that comes back is an old copy. Its properties are the state of what is printed.
struct ScenarioWriter {
  static let page = "page"
  static let bank = "bank"
  static let pair = "EUR/USD"
  static let opposite = "USD/EUR"
  static let yen = "EUR/JPY"

  private var random: SeededRandom

  /// The sources that publish.
  private let names: [String]

  /// True if the bank prints the opposite pair.
  private let isOpposite: Bool

  /// The decimals of the rates, and their nominal.
  private let scale: Int
  private let nominal: Int64
  private let isMixed: Bool
  private let dropsZeros: Bool

  private var ticker: Int64 = 11_000
  private var lines: [String: [Scenario.Line]] = [:]
  private var days: [String: Int64] = [:]

  /// Monday, 2026-02-16 08:01.
  private static let start: Int64 = 1_771_228_860_000
  private static let minute: Int64 = 60_000

  init(seed: UInt64) {
    random = SeededRandom(seed: seed)
    let count = Int.random(in: 0..<3, using: &random)
    names = [[Self.page], [Self.bank], [Self.page, Self.bank]][count]
    let isTurned = random.oneIn(2)
    isOpposite = count == 2 && isTurned
    scale = Int.random(in: 1...4, using: &random)
    dropsZeros = random.oneIn(4)
    nominal = random.oneIn(4) ? 100 : 1
    isMixed = random.oneIn(4)
  }

  /// Writes a scenario with a number of rules.
  mutating func scenario(rules count: Int) -> Scenario {
    let declared = random.oneIn(2) ? scale : nil
    let sources = names.map { name in
      Scenario.Source(name: name, isFixing: name == Self.bank, declaredScale: declared)
    }
    var now = Self.start
    var steps: [Scenario.Step] = []
    for _ in 0..<Int.random(in: 4...(random.oneIn(4) ? 50 : 14), using: &random) {
      if random.oneIn(12) { steps.append(Scenario.Step(at: now - 20_000, action: .restart)) }
      let source = names[Int.random(in: 0..<names.count, using: &random)]
      let pages = pages(of: source, at: now)
      steps.append(Scenario.Step(at: now, action: .publish(source: source, pages: pages)))
      now += gap()
      if now % Calendar.day == 0 { now += Self.minute }
    }
    var scenario = Scenario(
      sources: sources, rules: [], steps: steps, end: now + 3 * Calendar.day)
    var writer = RuleWriter(scenario, scale: scale, seed: random.next())
    scenario.rules = (0..<count).map { writer.rule(named: "r\($0)") }
    return scenario
  }

  private mutating func gap() -> Int64 {
    let minutes: [Int64] = [1, 5, 15, 15, 30, 60, 60, 180, 720, 1440, 1440, 4000]
    return minutes[Int.random(in: 0..<minutes.count, using: &random)] * Self.minute
  }

  // MARK: Pages

  private mutating func pages(of source: String, at now: Int64) -> [(
    day: Int64, lines: [Scenario.Line]
  )] {
    let today = Calendar.days(at: now)
    guard source == Self.bank else {
      return [(today, newLines(of: source))]
    }
    guard let last = days[source] else {
      days[source] = today
      return [(today, newLines(of: source))]
    }
    // A revision or a repetition; the fixing of the next day; or several days that were missed.
    if last >= today + 2 || random.oneIn(4) { return [(last, newLines(of: source))] }
    var pages: [(day: Int64, lines: [Scenario.Line])] = []
    repeat {
      days[source] = (days[source] ?? today) + 1
      pages.append((days[source] ?? today, newLines(of: source)))
    } while (days[source] ?? today) < today && random.oneIn(2)
    return pages
  }

  private mutating func newLines(of source: String) -> [Scenario.Line] {
    ticker += 1
    let before = lines[source]
    let pair = source == Self.bank && isOpposite ? Self.opposite : Self.pair
    let range = pair == Self.pair ? (1.15, 1.9) : (0.53, 0.85)
    var page = [
      line(pair, before?.first, range), line(Self.yen, before?.dropFirst().first, (120, 190)),
    ]
    page.append(Scenario.Line(pair: "AUD/NZD", printed: text(ticker, 4), nominal: 1))
    lines[source] = page
    return page
  }

  private mutating func line(
    _ pair: String, _ before: Scenario.Line?, _ range: (Double, Double)
  ) -> Scenario.Line {
    if let before, random.oneIn(4) { return before }
    let isYen = pair == Self.yen
    let nominal = isYen ? 1 : isMixed && random.oneIn(4) ? 101 - self.nominal : self.nominal
    let scale = isYen ? 1 : max(0, scale - (nominal == 100 && random.oneIn(2) ? 1 : 0))
    let factor = Double((0..<scale).reduce(1) { power, _ in power * 10 }) * Double(nominal)
    let bounds = Int64((range.0 * factor).rounded(.up))...Int64(range.1 * factor)
    var digits = Int64.random(in: bounds, using: &random)
    if let before, case .short(let top) = before.rate.numerator,
      case .short(let bottom) = before.rate.denominator
    {
      let last = Int64((Double(top) / Double(bottom) * factor).rounded())
      let step = max(1, last / (random.oneIn(3) ? 20 : 200))
      digits = last + Int64.random(in: -step...step, using: &random)
      digits = min(max(digits, bounds.lowerBound), bounds.upperBound)
    }
    return Scenario.Line(pair: pair, printed: text(digits, scale), nominal: Int64(nominal))
  }

  /// Returns digits with a decimal point, for some publishers without zeros at the end.
  private func text(_ digits: Int64, _ scale: Int) -> String {
    let all = String(digits)
    let padded = String(repeating: "0", count: max(0, scale + 1 - all.count)) + all
    guard scale > 0 else { return padded }
    var text = padded.dropLast(scale) + "." + padded.suffix(scale)
    if dropsZeros {
      while text.last == "0" { text.removeLast() }
      if text.last == "." { text.removeLast() }
    }
    return String(text)
  }
}
