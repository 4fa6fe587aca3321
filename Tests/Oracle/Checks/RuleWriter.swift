import Support

/// Writes random rules that the contract answers, for one past.
struct RuleWriter {
  private let scenario: Scenario
  private let scale: Int

  /// True if rates are printed for several nominals, so that statistics have the range of the coarsest.
  private let isMixed: Bool
  private var random: SeededRandom

  /// The printed rates of the pair, from which bounds are made.
  private let rates: [Ratio]

  init(_ scenario: Scenario, scale: Int, seed: UInt64) {
    self.scenario = scenario
    isMixed = scenario.isMixed
    self.scale = scale
    random = SeededRandom(seed: seed)
    rates = scenario.lines.filter { $0.pair == ScenarioWriter.pair }.map(\.rate)
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &random)]
  }

  /// Writes a rule.
  mutating func rule(named name: String) -> WatchedRule {
    let own = pick(scenario.sources.map(\.name))
    let other = scenario.sources.first { $0.name != own }?.name
    let pair = pairs(of: own).first ?? ScenarioWriter.pair
    var rule = WatchedRule(name: name, source: own, pair: pair, claim: .revised)
    let isFixing = own == ScenarioWriter.bank
    if random.oneIn(6), let group = group(among: pairs(of: own).sorted()) {
      rule.group = group
      rule.claim =
        random.oneIn(2)
        ? ofGroup { $0.events(depth: 1, isFixing) }
        : ofGroup { $0.state(depth: 1) { $0.own(pair) } }
      complete(&rule, pair)
      return rule
    }
    switch Int.random(in: 0..<10, using: &random) {
    case 0..<3: rule.claim = events(depth: 1, isFixing)
    case 3 where other != nil, 4 where other != nil:
      rule.claim = state(depth: 1) { $0.neighbour(other ?? "", pair) }
      if random.oneIn(2) { rule.maxAge = pick([(3_600_000, "1h"), (90_000_000, "25h")]) }
    case 5: rule.claim = state(depth: 1) { $0.aged() }
    case 6: rule.claim = state(depth: 1) { $0.crossRate() }
    case 7:
      rule.claim = .both(events(depth: 0, isFixing), state(depth: 0) { $0.own(pair) })
      rule.isForcedEvent = true
    default: rule.claim = state(depth: 2) { $0.own(pair) }
    }
    complete(&rule, pair)
    return rule
  }

  /// Writes how many of some pairs have to hold; nil where there are too few.
  private mutating func group(among pairs: [String]) -> RuleGroup? {
    guard pairs.count > 1 else { return nil }
    let chosen = random.oneIn(2) ? pairs : pairs.filter { $0 != "AUD/NZD" }
    let count = Int.random(in: 0...chosen.count, using: &random)
    return RuleGroup(pairs: chosen, count: count == 0 ? nil : count)
  }

  /// Writes a statement without windows that begin with the alert of one pair.
  private mutating func ofGroup(_ write: (inout RuleWriter) -> Claim) -> Claim {
    var claim = write(&self)
    while claim.text.contains("armed") || claim.text.contains("fired") { claim = write(&self) }
    return claim
  }

  /// Writes the other keys of a rule.
  private mutating func complete(_ rule: inout WatchedRule, _ pair: String) {
    rule.certainty = pick(["certain", "certain", "printed", "possible"])
    rule.isOnce = random.oneIn(12)
    let isShared = rule.readSource != nil || rule.usesAge || rule.readsOtherPairs
    if random.oneIn(4), !isShared {
      rule.publications = Int.random(in: 1...4, using: &random)
    } else if !rule.isEvent, random.oneIn(4) {
      rule.time = pick([(427_000, "7m7s"), (4_207_000, "1h10m7s"), (100_807_000, "1d4h7s")])
    }
    if !rule.isEvent {
      if random.oneIn(4), !rule.usesAge {
        rule.release =
          rule.group == nil
          ? state(depth: 1) { $0.own(pair) }
          : ofGroup { $0.state(depth: 1) { $0.own(pair) } }
      }
      if random.oneIn(5) { rule.remind = pick([(3_611_000, "1h11s"), (86_411_000, "1d11s")]) }
    }
    if random.oneIn(10) {
      rule.expires = Calendar.days(at: scenario.steps[0].at) + Int64(pick([0, 1, 2, 5]))
    }
  }

  private func pairs(of source: String) -> [String] {
    for case .publish(source, let pages) in scenario.steps.map(\.action) {
      return pages.first?.lines.map(\.pair) ?? []
    }
    return []
  }

  // MARK: Statements

  private mutating func state(
    depth: Int, _ leaf: (inout RuleWriter) -> Claim
  ) -> Claim {
    guard depth > 0, random.oneIn(2) else { return leaf(&self) }
    let (left, right) = (state(depth: depth - 1, leaf), state(depth: depth - 1, leaf))
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return .both(left, right)
    case 1: return .either(left, right)
    default: return .not(left)
    }
  }

  private mutating func events(depth: Int, _ isFixing: Bool) -> Claim {
    if depth > 0, random.oneIn(3) {
      let (left, right) = (events(depth: 0, isFixing), events(depth: 0, isFixing))
      return random.oneIn(2) ? .either(left, right) : .both(left, right)
    }
    let name = pick(["crosses", "crosses_above", "crosses_below"])
    switch Int.random(in: 0..<(isMixed ? 7 : 9), using: &random) {
    case 0, 1: return .compare(.magnitude(.change(nil)), sign(), percent(signed: false))
    case 2: return .compare(.change(nil), sign(), percent())
    case 3: return .compare(.delta(nil), sign(), ticks())
    case 4: return .crosses(name, !isMixed && random.oneIn(3) ? level() : bound())
    case 5:
      let low = bound()
      return .passes(pick(["enters", "leaves"]), low, .sum(low, ticks(from: 1)))
    case 6:
      return random.oneIn(2)
        ? .extreme(pick(["new_high", "new_low"]), window(least: 2))
        : isFixing ? .revised : .first(pick(Calendar.periods))
    default:
      return .crossesEachOther(name, .statistic("avg", window(), isBefore: false), level())
    }
  }

  private mutating func sign() -> String { pick([">", ">", ">=", "<", "<", "<=", "=="]) }

  /// A state of the series alone.
  private mutating func own(_ pair: String) -> Claim {
    let window = self.window()
    let isBefore = random.oneIn(3)
    let statistic = pick(isMixed ? ["min", "max"] : ["min", "max", "avg"])
    switch Int.random(in: isMixed ? 0..<8 : 0..<12, using: &random) {
    case 0: return .compare(.rate, sign(), bound())
    case 1: return .compare(.rate, sign(), .statistic(statistic, window, isBefore: isBefore))
    case 2: return .compare(.statistic(statistic, window, isBefore: isBefore), sign(), bound())
    case 3: return .compare(.change(window), sign(), percent())
    case 4: return .compare(.magnitude(.change(window)), sign(), percent(signed: false))
    case 5: return .compare(.delta(window), sign(), ticks())
    case 6: return .compare(.rate, sign(), .at(window))
    case 7: return .compare(.quotient(.rate, .at(window)), sign(), number(["1", "1.01", "0.99"]))
    case 8:
      return .compare(.statistic("stddev", window, isBefore: isBefore), sign(), ticks(from: 0))
    case 9:
      let score = Term.statistic("zscore", window, isBefore: isBefore)
      return .compare(
        random.oneIn(2) ? score : .magnitude(score), sign(), number(["0", "1", "1.5", "2", "-1"]))
    case 10: return .compare(.rate, sign(), level())
    default:
      let time: Claim =
        random.oneIn(2)
        ? .compare(.hour, pick([">=", "<"]), number(["9", "12", "17"]))
        : .compare(.weekday, pick(["<=", ">", "=="]), number(["1", "2", "5"]))
      return .both(time, .compare(.rate, sign(), bound()))
    }
  }

  private mutating func neighbour(_ source: String, _ pair: String) -> Claim {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return own(pair)
    case 1: return .compare(.rate, sign(), .product(.other(source), number(["1", "1.02", "0.97"])))
    case 2: return .compare(.magnitude(.spread(source)), sign(), percent(signed: false))
    case 3: return .compare(.other(source), sign(), bound())
    default: return .compare(.spread(source), sign(), percent())
    }
  }

  /// A state of which only the age changes with the clock.
  private mutating func aged() -> Claim {
    let ages: [Term] = [
      .duration(307_000, text: "5m7s"), .duration(3_607_000, text: "1h7s"),
      .duration(93_607_000, text: "1d2h7s"),
    ]
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return .compare(.rate, sign(), bound())
    default: return .compare(.age, pick([">", ">=", "<", "<="]), pick(ages))
    }
  }

  private mutating func crossRate() -> Claim {
    if random.oneIn(3) { return .compare(.rate, sign(), bound()) }
    let pair = pick(["USD/JPY", "JPY/USD", "USD/EUR", "EUR/USD"])
    let levels =
      pair == "USD/JPY"
      ? ["100", "105.5", "95"]
      : pair == "JPY/USD"
        ? ["0.01", "0.0095", "0.0105"]
        : pair == "USD/EUR" ? ["0.65", "0.7"] : ["1.4", "1.55"]
    return .compare(.cross(pair), pick([">", "<", ">=", "<="]), number(levels))
  }

  // MARK: Values

  private mutating func window(least: Int = 1) -> Stretch {
    switch Int.random(in: 0..<9, using: &random) {
    case 8: return .sinceAlert(pick(["armed", "armed", "fired"]))
    case 0: return .since(period: pick(Calendar.periods))
    case 1:
      let day = Calendar.days(at: scenario.steps[0].at) + Int64.random(in: 0...3, using: &random)
      return .sinceDay(start: day * Calendar.day, text: Calendar.text(ofDay: day))
    case 2..<5: return .publications(Int.random(in: least...6, using: &random))
    default:
      let minutes: [(Int64, String)] = [
        (5, "5m"), (15, "15m"), (30, "30m"), (60, "1h"), (180, "3h"), (1440, "24h"), (4320, "3d"),
      ]
      let (length, text) = pick(minutes)
      return .time(milliseconds: length * 60_000, text: text)
    }
  }

  private mutating func number(_ texts: [String]) -> Term {
    let text = pick(texts)
    return .number(Ratio(decimal: text) ?? .zero, text: text)
  }

  private mutating func percent(signed: Bool = true) -> Term {
    let text = pick(["0", "0.1", "0.5", "1", "2", "5"])
    let isNegative = signed && random.oneIn(2) && text != "0"
    let value = (Ratio(decimal: text) ?? .zero) / Ratio(100)
    return .number(isNegative ? -value : value, text: (isNegative ? "-" : "") + text + "%")
  }

  /// A number of ticks, halves included.
  private mutating func ticks(from least: Int = -4) -> Term {
    decimal(Int64(Int.random(in: least...6, using: &random)) * 5, scale + 1)
  }

  /// A bound at a printed rate, or half a tick beside it.
  private mutating func bound() -> Term {
    guard !rates.isEmpty, case let rate = pick(rates), random.oneIn(8) == false else {
      return number(["1.5", "1.25", "0.7"])
    }
    let places = Whole.power(of: 10, scale + 1)
    let digits = (rate.numerator * places).flooredQuotient(by: rate.denominator)
    guard case .short(let whole) = digits else { return number(["1.5"]) }
    return decimal(Int64(whole) + (random.oneIn(3) ? 5 : 0), scale + 1)
  }

  /// A level that is computed.
  private mutating func level() -> Term {
    let part: Term =
      random.oneIn(2)
      ? .at(window())
      : .statistic(pick(["avg", "max", "min"]), window(), isBefore: random.oneIn(2))
    switch Int.random(in: 0..<3, using: &random) {
    case 0: return .product(part, number(["1.01", "0.98", "1"]))
    case 1: return .sum(part, ticks())
    default: return part
    }
  }

  private func decimal(_ digits: Int64, _ places: Int) -> Term {
    let all = String(abs(digits))
    let padded = String(repeating: "0", count: max(0, places + 1 - all.count)) + all
    let text = (digits < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    return .number(Ratio(decimal: text) ?? .zero, text: text)
  }
}
