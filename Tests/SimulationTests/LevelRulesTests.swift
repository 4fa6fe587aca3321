import FXCore
import InMemoryStore
import StoreSuite
import Support
import Testing

/// Rules that compare with levels are looked up by the levels between two rates; the result must be
/// the same as that of evaluating every rule every time.
@Suite("Rules of levels")
struct LevelRulesTests {
  @Test("have the same results as with evaluation at every publication", arguments: 1...4)
  func sameLives(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    var lookedUp = LevelWorld(
      script: RuleScript(count: 16, reloads: 4, random: &random), isPlain: false)
    var asked = lookedUp
    asked.isPlain = true
    try lookedUp.restart()
    try asked.restart()
    for step in 0..<120 {
      let act = LevelWorld.Act.random(using: &random)
      try lookedUp.take(act)
      try asked.take(act)
      let (mine, theirs) = (
        Self.withoutIdentifiers(lookedUp.diary), Self.withoutIdentifiers(asked.diary)
      )
      try #require(mine == theirs, "seed \(seed), step \(step): \(act)")
      lookedUp.diary = []
      asked.diary = []
    }
    #expect(lookedUp.fires > 50)
    #expect(lookedUp.resolves > 2)
  }

  /// Returns lines without identifiers, sorted: those of alerts contain the condition, which is another
  /// one in each world.
  private static func withoutIdentifiers(_ lines: [String]) -> [String] {
    lines.map { $0.replacing(/(alert|evt)_[0-9a-f]{24}/, with: "…") }.sorted()
  }

  @Test(
    "are those that compare the rate with numbers, or cross them",
    arguments: [
      ("rate > 1.5", ["1.5"]), ("1.5 >= rate", ["1.5"]), ("rate == 2", ["2"]),
      ("rate > 1 and not rate > 2 or rate < 0.5", ["1", "2", "0.5"]),
      ("crosses(1.5)", ["1.5"]), ("crosses_above(1.5) or crosses_below(1.4)", ["1.5", "1.4"]),
      ("enters(1.1, 1.2)", ["1.1", "1.2"]), ("leaves(1.1, 1.2) and rate > 1", ["1.1", "1.2", "1"]),
      ("rate > max(1h)", nil), ("rate - 0 > 1.5", nil), ("crosses(avg(1h))", nil),
      ("rate > 1.5 and age > 1h", nil), ("change > 1%", nil), ("revised", nil),
    ] as [(String, [String]?)])
  func levels(text: String, expected: [String]?) throws {
    #expect(try Condition(text).levels?.map(\.plainText) == expected)
  }
}

/// The rules between two reloads.
private struct RuleScript {
  /// One rule in two forms: one that is looked up, and one that is always evaluated.
  struct Line {
    let name: String
    let condition: Condition
    let plainCondition: Condition
    let release: (Condition, Condition)?
    var rule: Rule
  }

  let plans: [[Line]]

  init(count: Int, reloads: Int, random: inout SeededRandom) {
    var plans: [[Line]] = []
    for _ in 0...reloads {
      var lines = plans.last ?? []
      for index in 0..<count where plans.isEmpty || random.oneIn(5) {
        guard let line = Self.line("rule-\(index)", &random) else { continue }
        if let place = lines.firstIndex(where: { $0.name == line.name }) {
          if random.oneIn(2) { lines[place] = line } else { lines.remove(at: place) }
        } else {
          lines.append(line)
        }
      }
      plans.append(lines)
    }
    self.plans = plans
  }

  func rules(_ plan: Int, isPlain: Bool) -> [Rule] {
    plans[plan].map { line in
      var rule = line.rule
      rule.condition = isPlain ? line.plainCondition : line.condition
      rule.release = isPlain ? line.release?.1 : line.release?.0
      return rule
    }
  }

  private static func line(_ name: String, _ random: inout SeededRandom) -> Line? {
    let (text, plain, isEvent) = condition(&random)
    guard let condition = try? Condition(text), let plainCondition = try? Condition(plain),
      condition.levels != nil, plainCondition.levels == nil
    else { return nil }
    var release: (Condition, Condition)?
    if !isEvent, random.oneIn(3) {
      let (text, plain) = comparison(&random)
      if let one = try? Condition(text), let other = try? Condition(plain) {
        release = (one, other)
      }
    }
    var rule = Rule(name: name, condition: condition)
    rule.once = random.oneIn(6)
    if random.oneIn(3) { rule.hold = .publications(Int.random(in: 1...3, using: &random)) }
    if !isEvent, random.oneIn(5) { rule.hold = .time(.seconds(900)) }
    if !isEvent, random.oneIn(5) { rule.remind = .seconds(1800) }
    if random.oneIn(8) { rule.expires = LevelWorld.start.day }
    rule.certainty = Certainty.allCases.randomElement(using: &random) ?? .certain
    if random.oneIn(3) { rule.sources = [SourceName(random.oneIn(2) ? "fixing" : "ticker")] }
    let patterns = ["*", "*/USD", "KGS/*", "KGS/USD", "K?S/USD", "TJS/USD"]
    rule.pairs = (0..<Int.random(in: 0...2, using: &random)).compactMap { _ in
      patterns.randomElement(using: &random).flatMap { PairPattern($0) }
    }
    return Line(
      name: name, condition: condition, plainCondition: plainCondition, release: release,
      rule: rule)
  }

  /// An event that is always true, and refers to no level.
  private static let truism = "(new_low(1 publication) or not new_low(1 publication))"

  private static func condition(
    _ random: inout SeededRandom
  ) -> (text: String, plain: String, isEvent: Bool) {
    let (one, other) = (level(&random), level(&random))
    let (low, high) = (min(one, other), max(one, other))
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return ("crosses(\(one))", "crosses(\(one)) and \(Self.truism)", true)
    case 1: return ("crosses_above(\(one))", "crosses_above(\(one)) and \(Self.truism)", true)
    case 2: return ("crosses_below(\(one))", "crosses_below(\(one)) and \(Self.truism)", true)
    case 3: return ("enters(\(low), \(high))", "enters(\(low), \(high)) and \(Self.truism)", true)
    case 4:
      return (
        "leaves(\(low), \(high)) or crosses(\(one))",
        "(leaves(\(low), \(high)) or crosses(\(one))) and \(Self.truism)", true
      )
    case 5:
      let (left, right) = (comparison(&random), comparison(&random))
      return ("\(left.0) and not \(right.0)", "\(left.1) and not \(right.1)", false)
    case 6:
      let left = comparison(&random)
      return ("\(left.0) or crosses(\(one))", "\(left.1) or crosses(\(one))", false)
    default:
      let (text, plain) = comparison(&random)
      return (text, plain, false)
    }
  }

  private static func comparison(_ random: inout SeededRandom) -> (String, String) {
    let sign = [">", ">=", "<", "<=", "=="].randomElement(using: &random) ?? ">"
    let level = level(&random)
    return random.oneIn(4)
      ? ("\(level) \(sign) rate", "\(level) \(sign) - -rate")
      : ("rate \(sign) \(level)", "- -rate \(sign) \(level)")
  }

  /// A level at a printed rate, or between two of them.
  private static func level(_ random: inout SeededRandom) -> String {
    "1.0\(Int.random(in: 0...9, using: &random))" + (random.oneIn(2) ? "5" : "")
  }
}

/// An engine with a store that handles the same acts for both forms of the rules.
private struct LevelWorld {
  enum Act {
    case fetched(SourceName, SourceReading)
    case passed(Duration)
    case silenced
    case restarted
    case reloaded
  }

  static let start = Timestamp(seconds: 1_771_578_000)

  let script: RuleScript
  var isPlain: Bool
  private var place = 0
  private var now = Self.start
  private var store = StoreModel()
  private var engine: Engine?
  private var wake: Timestamp?

  /// The decisions since it was last cleared.
  var diary: [String] = []
  private(set) var fires = 0
  private(set) var resolves = 0

  init(script: RuleScript, isPlain: Bool) {
    self.script = script
    self.isPlain = isPlain
  }

  mutating func take(_ act: Act) throws {
    switch act {
    case .fetched(let name, let reading):
      // A page has its day; the day of a fixing advances with the clock.
      let day = name.text == "fixing" ? (reading.valueDate == nil ? nil : now.day) : nil
      let page = SourceReading(valueDate: day, observations: reading.observations)
      step(.fetched(name, .read(page, bodyHash: "", validators: nil)))
    case .passed(let duration):
      let end = now + duration
      while let wake, wake <= end {
        now = max(now, wake)
        self.wake = nil
        step(.woke)
      }
      now = end
    case .silenced:
      let matcher = try SilenceMatcher("pair=KGS/USD")
      store.suppressions = Suppressions(
        silences: [
          Silence(
            id: 1, matchers: [matcher], author: "a", reason: "b", created: now,
            until: now + .seconds(700))
        ])
      engine?.setSuppressions(store.suppressions, at: now)
      step(.woke)
    case .restarted: try restart()
    case .reloaded:
      place = min(place + 1, script.plans.count - 1)
      try restart()
    }
  }

  mutating func restart() throws {
    let sources = ["ticker", "fixing"].map { name in
      PlannedSource(
        name: SourceName(name), schedule: .interval(.seconds(60)),
        dating: name == "fixing" ? .fixing : .pageDay, host: name)
    }
    let rules = script.rules(place, isPlain: isPlain)
    let plan = Plan(
      sources: sources, rules: rules, notifiers: [PlannedNotifier(name: "n", fingerprint: "n")])
    engine = Engine(plan: plan, stored: store.stored, zones: GreenwichZones(), now: now)
    step(.started)
  }

  private mutating func step(_ event: Event) {
    guard let decision = engine?.decide(event, at: now) else { return }
    let changeset = decision.changeset
    do throws(StoreProblem) { try store.apply(changeset) } catch { Issue.record(error) }
    fires += changeset.fired.count
    resolves += changeset.resolved.count
    for (key, state) in changeset.alerts.sorted(by: { $0.key < $1.key }) {
      diary.append("\(now) \(key) \(state.map { "\($0.progress)" } ?? "gone")")
    }
    diary += changeset.fired.map { "\($0.id) \($0.key) \($0.firedAt)" }
    diary += changeset.resolved.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    diary += changeset.alertBases.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    diary += changeset.events.map {
      "\($0.sequence) \($0.notification.type) \($0.orderingKey) \($0.recipients)"
    }
    wake = engine?.absorb(decision, at: now).wake
  }
}

extension LevelWorld.Act {
  fileprivate static func random(using random: inout SeededRandom) -> Self {
    switch Int.random(in: 0..<20, using: &random) {
    case 0: return .restarted
    case 1: return random.oneIn(4) ? .reloaded : .restarted
    case 2: return .silenced
    case 3..<7: return .passed(.seconds(Int64.random(in: 1...40_000, using: &random)))
    case 7..<10: return .passed(.seconds(Int64.random(in: 1...900, using: &random)))
    default: break
    }
    let observations = ["KGS/USD", "TJS/USD", "KZS/USD", "KGS/EUR"].compactMap {
      text -> Observation? in
      guard !random.oneIn(12), let pair = CurrencyPair(text),
        let printed = ExactDecimal(
          coefficient: 100 + Int64.random(in: 0...9, using: &random), scale: 2),
        let rate = Rate(printed: printed)
      else { return nil }
      return Observation(pair: pair, rate: rate)
    }
    return .fetched(
      SourceName(random.oneIn(2) ? "fixing" : "ticker"),
      SourceReading(
        valueDate: random.oneIn(10) ? nil : LevelWorld.start.day, observations: observations))
  }
}
