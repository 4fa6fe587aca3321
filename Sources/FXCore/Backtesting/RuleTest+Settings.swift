extension RuleTest {
  /// What tests may name.
  package struct KnownNames {
    package let sources: [String]
    package let rules: [String]

    /// Whom events can be told to.
    package let notifiers: [String]

    /// What tests may name.
    package init(sources: [String], rules: [String], notifiers: [String]) {
      self.sources = sources
      self.rules = rules
      self.notifiers = notifiers
    }
  }

  /// The first moment of a test that does not say when it begins: a Monday.
  private static let usualStart = Timestamp(seconds: 1_767_603_600)

  /// Reads one test; nil, with every problem reported, when it cannot be run.
  package static func read(
    name: String, from section: SettingsSection, known: KnownNames
  ) -> RuleTest? {
    let rules = Rule.names("rules", of: "rule", among: known.rules, in: section)
    let steps = section.items("steps")
    if steps.isEmpty {
      section.problem(
        nil,
        "'steps' is missing; say what happens, for example"
          + " steps: [{at: 2026-02-20 09:00, publish: {ecb: {EUR/USD: 1.1831}}}]")
    }
    let isNamed = rules?.allSatisfy(known.rules.contains) ?? false
    let named = KnownNames(
      sources: known.sources, rules: isNamed ? rules ?? known.rules : known.rules,
      notifiers: known.notifiers)
    var moments: [Moment] = []
    for step in steps {
      moments += RuleTestStep(step, known: named).moments(after: moments.last?.at)
      guard moments.count <= maximumMoments else {
        step.problem(nil, "the test has more than \(maximumMoments) moments by here; write fewer")
        break
      }
    }
    section.finish()
    return RuleTest(
      name: name, mark: section.mark, rules: rules.map { Set($0) }, moments: moments)
  }

  /// When a step is: an instant, a time of the same day, or so long after the step before.
  static func instant(_ text: String, after last: Timestamp?) -> Timestamp? {
    if text.hasPrefix("+") {
      return DurationText.parse(text.dropFirst()).map { (last ?? usualStart) + $0 }
    }
    if let instant = Timestamp(text: text) { return instant }
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    let day = words.count == 2 ? String(words[0]) : (last ?? usualStart).day.description
    guard words.count <= 2, let time = words.last, time.utf8.count == 5 || time.utf8.count == 8
    else { return nil }
    return Timestamp(text: "\(day)T\(time)\(time.utf8.count == 5 ? ":00" : "")Z")
  }

  /// When a step is that does not say it.
  static func instant(after last: Timestamp?) -> Timestamp? { last == nil ? usualStart : nil }
}

/// One step of a test as it is written: a moment, or several at equal distances.
private struct RuleTestStep {
  private let section: SettingsSection
  private let known: RuleTest.KnownNames

  init(_ section: SettingsSection, known: RuleTest.KnownNames) {
    self.section = section
    self.known = known
  }

  /// Its moments; what is expected belongs to the last of them.
  func moments(after last: Timestamp?) -> [RuleTest.Moment] {
    let start = start(after: last)
    let pages = pages()
    let failures = failures()
    let requests = RuleTest.Request.read(from: section, known: known)
    let times = section.integer("times", in: 1...RuleTest.maximumMoments)
    let every = section.duration("every", minimum: .seconds(1))
    let isAfterDowntime = section.flag("downtime") ?? false
    let expected = section.items("expect", orOne: true).flatMap {
      Expectation.read(from: $0, known: known)
    }
    section.finish()
    for page in pages {
      if let failure = failures.first(where: { $0.source == page.source }) {
        section.problem(
          "fail", at: failure.mark, "'\(page.source)' cannot both publish and fail at once")
      }
    }
    let longest = pages.map(\.length).max() ?? 1
    let count = times ?? longest
    if count < longest {
      section.problem("times", "there are \(longest) figures to publish, more than 'times'")
    }
    if count > 1, every == nil {
      section.problem(
        nil, "several figures need 'every': how long after one another, for example every: 15m")
    }
    guard let start else { return [] }
    return (0..<min(count, RuleTest.maximumMoments + 1)).map { index in
      let at = start + (every ?? .seconds(1)) * index
      return RuleTest.Moment(
        at: at, mark: section.mark, isAfterDowntime: isAfterDowntime && index == 0,
        requests: index == 0 ? requests : [],
        answers: pages.map { $0.answer(number: index, at: at) }
          + failures.map { RuleTest.Answer(source: $0.source, content: .fails(because: $0.reason)) },
        expected: index == count - 1 ? expected : [])
    }
  }

  private func start(after last: Timestamp?) -> Timestamp? {
    guard let text = section.string("at") else {
      if section.node("at") == nil, last != nil {
        section.problem(nil, "'at' is missing; write a time such as 09:30, or +15m")
      }
      return RuleTest.instant(after: last)
    }
    guard let instant = RuleTest.instant(text, after: last) else {
      section.problem(
        "at",
        "\(text.quoted) is not a time; write it like 2026-02-20 09:00, 09:15 (of the same day, in"
          + " UTC) or +15m")
      return nil
    }
    if let last, instant <= last {
      section.problem(
        "at", "\(text.quoted) is not after the step before, which ends at \(last)")
      return nil
    }
    return instant
  }

  // MARK: What sources print

  /// What one source prints in the moments of a step.
  private struct Page {
    let source: SourceName
    let date: CalendarDay?
    var rows: [(pair: CurrencyPair, side: Side, figures: [RuleTestFigure])] = []

    /// The most figures of a row.
    var length: Int { rows.map(\.figures.count).max() ?? 1 }

    func answer(number: Int, at instant: Timestamp) -> RuleTest.Answer {
      let lines = rows.compactMap { row -> RuleTest.Line? in
        guard number < row.figures.count else { return nil }
        switch row.figures[number] {
        case .asBefore: return nil
        case .gone:
          return RuleTest.Line(pair: row.pair, side: row.side, rate: nil, publishedChange: nil)
        case .printed(let rate, let change):
          return RuleTest.Line(pair: row.pair, side: row.side, rate: rate, publishedChange: change)
        }
      }
      return RuleTest.Answer(source: source, content: .publishes(date ?? instant.day, lines))
    }
  }

  private func pages() -> [Page] {
    section.sections("publish").compactMap { name, rows in
      guard isSource(name, at: rows.mark, of: "publish") else { return nil }
      var page = Page(
        source: SourceName(name),
        date: rows.value("date", expected: "a day; write it like 2026-02-20") {
          CalendarDay(text: $0)
        })
      for key in rows.keys where key != "date" {
        let words = key.split(separator: " ")
        guard let pair = words.first.flatMap({ CurrencyPair(String($0)) }), words.count <= 2,
          let side = words.count == 2 ? Side(rawValue: String(words[1])) : .mid
        else {
          _ = rows.node(key)
          rows.problem(
            key,
            "\(key.quoted) is not a currency pair; write it like EUR/USD, or EUR/USD bid, or EUR/USD ask"
          )
          continue
        }
        page.rows.append((pair, side, figures(key, in: rows)))
      }
      rows.finish()
      return page
    }
  }

  private func figures(_ key: String, in rows: SettingsSection) -> [RuleTestFigure] {
    var figures: [RuleTestFigure] = []
    for (text, mark) in rows.strings(key) ?? [] {
      guard let (figure, count) = RuleTestFigure.read(text) else {
        rows.problem(
          key, at: mark,
          "\(text.quoted) is not a figure; write 0.01144, 7.4550 per 100, 0.01144 (-0.09%),"
            + " 0.01144 x30, gone, or = for the one before")
        continue
      }
      figures += Array(repeating: figure, count: count)
    }
    return figures
  }

  private func failures() -> [(source: SourceName, reason: String, mark: SettingsMark)] {
    if case .map = section.node("fail")?.value, let reasons = section.section("fail") {
      return reasons.keys.compactMap { name in
        let mark = reasons.node(name)?.mark ?? reasons.mark
        guard isSource(name, at: mark, of: "fail") else { return nil }
        return (SourceName(name), reasons.string(name) ?? Self.usualFailure, mark)
      }
    }
    return (section.strings("fail") ?? []).compactMap { name, mark in
      guard isSource(name, at: mark, of: "fail") else { return nil }
      return (SourceName(name), Self.usualFailure, mark)
    }
  }

  private static let usualFailure = "the server answered HTTP 503"

  private func isSource(_ name: String, at mark: SettingsMark, of key: String) -> Bool {
    guard !known.sources.contains(name) else { return true }
    section.problem(
      key, at: mark,
      "unknown source \(name.quoted); expected one of \(known.sources.sorted().joined(separator: ", "))"
        + NearestName.suggestion(for: name, among: known.sources))
    return false
  }
}
