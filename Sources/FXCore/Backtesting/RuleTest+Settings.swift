extension RuleTest {
  /// The names that tests may use.
  package struct KnownNames {
    package let sources: DefinedNames
    package let rules: DefinedNames

    /// The notifiers that events can be sent to.
    package let notifiers: DefinedNames

    /// The labels of rules.
    package let labels: Set<String>

    /// Creates the lists of names.
    package init(
      sources: DefinedNames, rules: DefinedNames, notifiers: DefinedNames,
      labels: Set<String> = []
    ) {
      self.labels = labels
      self.sources = sources
      self.rules = rules
      self.notifiers = notifiers
    }
  }

  /// The first moment of a test without a time: a Monday.
  private static let usualStart = Timestamp(seconds: 1_767_603_600)

  /// Reads one test; nil if it cannot be run, with every problem reported.
  package static func read(
    name: String, from section: SettingsSection, known: KnownNames
  ) -> RuleTest? {
    let rules = Rule.names("rules", of: "rule", among: known.rules, in: section)
    let steps = section.items("steps")
    if steps.isEmpty {
      section.problem(
        nil,
        "'steps' is missing; write for example"
          + " steps: [{at: 2026-02-20 09:00, publish: {ecb: {EUR/USD: 1.1831}}}]")
    }
    let isNamed = rules?.allSatisfy(known.rules.contains) ?? false
    let named = KnownNames(
      sources: known.sources,
      rules: isNamed ? rules.map { DefinedNames($0) } ?? known.rules : known.rules,
      notifiers: known.notifiers, labels: known.labels)
    var moments: [Moment] = []
    var rates = 0
    for step in steps {
      let added = RuleTestStep(step, known: named).moments(after: moments.last?.at)
      moments += added
      rates += added.reduce(0) { $0 + $1.rateCount }
      guard moments.count <= maximumMoments else {
        step.problem(
          nil, "the test has more than \(maximumMoments) moments up to this step; use fewer")
        break
      }
      guard rates <= maximumRates else {
        step.problem(
          nil, "the test has more than \(maximumRates) rates up to this step; use fewer")
        break
      }
    }
    section.finish()
    return RuleTest(
      name: name, mark: section.mark, rules: rules.map { Set($0) }, moments: moments)
  }

  /// Reads the time of a step: an instant, a time of the same day, or a duration after the step
  /// before.
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

  /// Returns the time of a step without `at`.
  static func instant(after last: Timestamp?) -> Timestamp? { last == nil ? usualStart : nil }
}

/// One step of a test as written: a moment, or several at equal intervals.
private struct RuleTestStep {
  private let section: SettingsSection
  private let known: RuleTest.KnownNames

  init(_ section: SettingsSection, known: RuleTest.KnownNames) {
    self.section = section
    self.known = known
  }

  /// Returns the moments; the expectations belong to the last one.
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
          "fail", at: failure.mark, "'\(page.source)' cannot publish and fail in the same step")
      }
    }
    let longest = pages.map(\.length).max() ?? 1
    let count = times ?? longest
    if count < longest {
      section.problem("times", "there are \(longest) rates to publish, more than 'times'")
    }
    if count > 1, every == nil {
      section.problem(
        nil, "'every' is required for several rates; write for example every: 15m")
    }
    guard count * (pages.count + failures.count) <= RuleTest.maximumRates else {
      section.problem(
        nil, "the sources answer more than \(RuleTest.maximumRates) times in the step; use fewer")
      return []
    }
    guard let start else { return [] }
    let end = start + (every ?? .seconds(1)) * max(0, min(count, RuleTest.maximumMoments) - 1)
    guard RuleTest.possibleDays.contains(start), RuleTest.possibleDays.contains(end) else {
      section.problem(
        nil,
        "the step does not begin and end in the years 1900 to 2999, in which tests are possible")
      return []
    }
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
        "at", "\(text.quoted) is not later than the step before, which ends at \(last)")
      return nil
    }
    return instant
  }

  // MARK: Answers of sources

  /// The pages of one source in the moments of a step.
  private struct Page {
    let source: SourceName
    let date: CalendarDay?
    var rows: [(pair: CurrencyPair, side: Side, entries: [RuleTestEntry])] = []

    /// The largest number of entries in a row.
    var length: Int { rows.map(\.entries.count).max() ?? 1 }

    func answer(number: Int, at instant: Timestamp) -> RuleTest.Answer {
      let lines = rows.compactMap { row -> RuleTest.Line? in
        guard number < row.entries.count else { return nil }
        switch row.entries[number] {
        case .unchanged: return nil
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
    var count = 0
    return section.sections("publish").compactMap { name, rows in
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
        guard count <= RuleTest.maximumRates else {
          _ = rows.node(key)
          continue
        }
        page.rows.append((pair, side, entries(key, in: rows)))
        count += page.rows.last?.entries.count ?? 0
        if count > RuleTest.maximumRates {
          page.rows = []
          rows.problem(
            key, "the step has more than \(RuleTest.maximumRates) rates up to this one; use fewer")
        }
      }
      rows.finish()
      return page
    }
  }

  private func entries(_ key: String, in rows: SettingsSection) -> [RuleTestEntry] {
    var entries: [RuleTestEntry] = []
    for (text, mark) in rows.strings(key) ?? [] {
      guard let (entry, count) = RuleTestEntry.read(text) else {
        rows.problem(
          key, at: mark,
          "\(text.quoted) is not a rate; write 0.01144, 7.4550 per 100, 0.01144 (-0.09%),"
            + " 0.01144 x30 (at most x\(RuleTest.maximumMoments)), gone, or = for the previous one")
        continue
      }
      entries += Array(repeating: entry, count: count)
      guard entries.count <= RuleTest.maximumMoments else {
        rows.problem(
          key, at: mark, "more than \(RuleTest.maximumMoments) rates up to this one; use fewer")
        return []
      }
    }
    return entries
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
      "unknown source \(name.quoted); \(known.sources.choices(insteadOf: name, kind: "source"))")
    return false
  }
}
