/// The life of one rule on one series, or on several with one alert, as the contract describes it: everything is walked anew for each
/// evaluation.
///
/// Its properties are what is known of the series and its neighbours, and the state of the alert.
struct RuleLife {
  let rule: WatchedRule
  let scenario: Scenario

  /// The notifications so far.
  private(set) var notices: [Notice] = []

  private var past: [String: [String: PastSeries]] = [:]
  private var lastPublished: [String: Int64] = [:]

  /// The number of publications of each source.
  private var numbers: [String: Int] = [:]

  /// The time of the last publication with the pair.
  private var seen: Int64 = 0

  /// The time of the last evaluation of the condition.
  private var evaluated: Int64 = 0

  /// The meaning of the last publication for each pair, and the time at which each was last printed anew.
  private var news: [String: News] = [:]
  private var printed: [String: Int64] = [:]

  /// The pair that the alert about several is based on.
  private var basisPair: String?

  /// The time of the last step.
  private var clock: Int64 = .min
  var alert = PlainAlert()

  init(_ rule: WatchedRule, in scenario: Scenario) {
    self.rule = rule
    self.scenario = scenario
    for step in scenario.steps {
      passTime(until: step.at)
      clock = step.at
      guard case .publish(let source, let pages) = step.action else { continue }
      // Of the first body of a source only the newest day counts: no other was missed.
      for page in numbers[source] == nil ? pages.suffix(1) : pages[...] {
        publish(page.lines, day: page.day, source, at: step.at)
      }
    }
    passTime(until: scenario.end)
  }

  // MARK: Publications

  /// The meaning of a page for one of its series.
  private enum News { case publication, revision, repetition }

  private mutating func publish(
    _ lines: [Scenario.Line], day: Int64, _ source: String, at now: Int64
  ) {
    if source == rule.source { news = [:] }
    for line in lines {
      let meaning = add(line, day: day, source, at: now)
      guard source == rule.source, rule.pairs.contains(line.pair) else { continue }
      news[line.pair] = meaning
      if meaning != .repetition { printed[line.pair] = now }
    }
    let own = source == rule.source ? meaning(of: Array(news.values)) : nil
    lastPublished[source] = now
    numbers[source, default: 0] += 1
    if own != nil { seen = now }
    if let own {
      evaluate(own, at: now)
    } else if source == rule.readSource {
      evaluate(nil, at: now)
    }
  }

  /// The meaning of a publication for several pairs.
  private func meaning(of news: [News]) -> News? {
    if news.contains(.publication) { return .publication }
    return news.contains(.revision) ? .revision : news.first
  }

  private mutating func add(
    _ line: Scenario.Line, day: Int64, _ source: String, at now: Int64
  ) -> News {
    var series = past[source]?[line.pair] ?? PastSeries()
    defer { past[source, default: [:]][line.pair] = series }
    let origin = scenario.source(source)
    let point = PrintedPoint(
      rate: line.rate, nominal: line.nominal, scale: line.scale, known: now, valueDay: day)
    series.note(point, leastScale: origin?.declaredScale ?? 0)
    guard origin?.isFixing ?? false, let last = series.points.last, last.valueDay == day else {
      series.points.append(point)
      return .publication
    }
    guard last.rate != point.rate || last.nominal != point.nominal else { return .repetition }
    series.replaced = last
    series.points[series.points.count - 1] = PrintedPoint(
      rate: line.rate, nominal: line.nominal, scale: line.scale, known: last.known, valueDay: day)
    return .revision
  }

  // MARK: Evaluation

  private func outlook(_ news: News?, of pair: String, at now: Int64) -> Outlook? {
    guard let series = past[rule.source]?[pair], !series.points.isEmpty else { return nil }
    var outlook = Outlook(series: series, place: series.points.count - 1, now: now)
    outlook.seen = seen
    outlook.isRepetition = rule.group != nil && news == .repetition
    if outlook.isRepetition { outlook.now = printed[pair] ?? now }
    outlook.isPublication = news == .publication || news == .revision || outlook.isRepetition
    outlook.isRevision = news == .revision
    outlook.marks["fired"] = alert.firedAt
    // A revision of the rate that armed the alert is read as that rate was.
    let isOfArming = outlook.isRevision && alert.armings.last ?? .min >= outlook.current.known
    outlook.marks["armed"] =
      isOfArming && alert.armings.count > 1 ? alert.armings.dropLast().last : alert.armings.last
    for (pair, other) in past[rule.source] ?? [:] {
      outlook.siblings[pair] = other.points.last.map(other.figure)
    }
    if let name = rule.readSource { outlook.others[name] = figure(of: name, at: now) }
    return outlook
  }

  /// Returns the rate of another source for the pair, or the inverse of that of the opposite pair.
  private func figure(of source: String, at now: Int64) -> Figure? {
    if let limit = rule.maxAge, let last = lastPublished[source],
      now - last >= limit.milliseconds
    {
      return nil
    }
    let opposite = rule.pair.split(separator: "/").reversed().joined(separator: "/")
    if let series = past[source]?[rule.pair], let last = series.points.last {
      return series.figure(last)
    }
    guard let series = past[source]?[opposite], let last = series.points.last else { return nil }
    return Figure(.one) / series.figure(last)
  }

  /// Evaluates the rule; without news, because the clock or another source asks.
  private mutating func evaluate(_ news: News?, at now: Int64, isClock: Bool = false) {
    if news == .repetition, !rule.readsOtherPairs, !rule.usesAge { return }
    guard !alert.isOver, now < rule.end ?? .max else { return }
    let outlooks = rule.pairs.compactMap { pair in
      outlook(news == nil ? nil : self.news[pair], of: pair, at: now)
    }
    guard !outlooks.isEmpty else { return }
    if alert.armings.isEmpty { alert.armings = [now] }
    if !isClock || rule.usesAge { evaluated = now }
    let verdicts = outlooks.map { rule.verdict(of: $0.answer(to: rule.claim)) }
    let releases = rule.release.map { release in
      outlooks.map { rule.releases($0.answer(to: release)) }
    }
    let verdict = rule.group?.verdict(of: verdicts) ?? (rule.group == nil ? verdicts[0] : nil)
    let release = releases.map { rule.group?.isReleased($0) ?? $0[0] }
    let evidence = verdicts.firstIndex(of: true) ?? 0
    let occasion = occasion(outlooks[evidence], news, isClock: isClock, at: now)
    let ends = release ?? (verdict == false)
    let sent = alert.react(to: verdict, ends: ends, rule, on: occasion)
    for notice in sent { send(notice, outlooks, evidence, at: now) }
  }

  /// The place of the pair whose rates are sent when the clock moves the alert: the first for which the
  /// condition held at its last evaluation.
  private var lastEvidence: Int {
    guard rule.group != nil else { return 0 }
    let outlooks = rule.pairs.compactMap { outlook(nil, of: $0, at: evaluated) }
    return outlooks.firstIndex { rule.verdict(of: $0.answer(to: rule.claim)) == true } ?? 0
  }

  /// Sends a notification with the rates of one of several pairs; a correction with those of the pair that
  /// the alert is based on.
  private mutating func send(
    _ sent: PlainAlert.Sent, _ outlooks: [Outlook], _ evidence: Int, at now: Int64
  ) {
    var place = evidence
    if rule.group != nil, sent.type == "alert.correction" {
      place = rule.pairs.firstIndex { $0 == basisPair } ?? evidence
    }
    if sent.type == PlainAlert.firing { basisPair = rule.pairs[evidence] }
    var outlook = outlooks[place]
    outlook.now = now
    send(sent, outlook)
  }

  private func occasion(
    _ outlook: Outlook, _ news: News?, isClock: Bool, at now: Int64
  ) -> PlainAlert.Occasion {
    PlainAlert.Occasion(
      now: now, isPublication: news == .publication, isRevision: news == .revision,
      isClock: isClock, place: outlook.place, number: numbers[rule.source] ?? 0,
      isReturn: news == .publication && rule.group == nil && outlook.isReturn)
  }

  private mutating func send(_ sent: PlainAlert.Sent, _ outlook: Outlook) {
    var moment = outlook
    moment.now = evaluated
    notices.append(
      Notice(
        at: outlook.now, rule: rule.name, type: sent.type,
        rate: outlook.current.rate.description, previous: rule.previous(on: moment),
        isFlapping: sent.isFlapping, reason: sent.reason, holds: sent.holds))
  }

  // MARK: The clock

  private mutating func passTime(until end: Int64) {
    while let next = nextAlarm, next <= end {
      // A reminder that was due while the alert flapped is sent as soon as it is stable.
      let alarm = max(next, clock)
      if let flip = nextFlip, flip == next {
        alert.lastFlip = flip
        evaluate(nil, at: alarm, isClock: true)
      }
      let outlooks = rule.pairs.compactMap { outlook(nil, of: $0, at: alarm) }
      guard !outlooks.isEmpty else { return }
      let evidence = lastEvidence
      let occasion = occasion(outlooks[evidence], nil, isClock: true, at: alarm)
      for notice in alert.wake(rule, on: occasion) { send(notice, outlooks, evidence, at: alarm) }
    }
  }

  private var nextAlarm: Int64? {
    [alert.nextAlarm(of: rule), nextFlip].compactMap(\.self).min()
  }

  /// The next instant at which the age passes a duration of the conditions.
  private var nextFlip: Int64? {
    guard rule.usesAge, !alert.isOver, seen > 0 else { return nil }
    let terms = rule.claim.terms + (rule.release?.terms ?? [])
    let limits = terms.compactMap { if case .duration(let length, _) = $0 { length } else { nil } }
    return limits.flatMap { [seen + $0, seen + $0 + 1] }
      .filter { $0 > max(alert.lastFlip, seen) }.min()
  }
}

extension Outlook {
  /// The rate of the publication before.
  var before: PrintedPoint? { place > 0 ? series.points[place - 1] : nil }
}

extension WatchedRule {
  /// Returns true if the rule is to fire, false if it is to end, nil if nothing changes.
  func verdict(of answer: Answer) -> Bool? {
    let truth = certainty == "printed" ? answer.printed : answer.certain
    switch truth {
    case .yes: return true
    case .no: return false
    case .undecided: return certainty == "possible" ? true : nil
    case .unknown: return nil
    }
  }

  func releases(_ answer: Answer) -> Bool {
    (certainty == "printed" ? answer.printed : answer.certain) == .yes
  }

  /// Returns the rate that a notification names as the previous one; nil where the contract leaves it
  /// open.
  func previous(on outlook: Outlook) -> String? {
    var origins: [Int?] = []
    for term in claim.terms {
      switch term {
      case .change(nil), .delta(nil): origins.append(outlook.place > 0 ? outlook.place - 1 : nil)
      case .change(let window?), .delta(let window?), .at(let window):
        origins.append(outlook.origin(of: window))
      case .statistic: return nil
      default: break
      }
    }
    if claim.leaves.contains(where: { if case .extreme = $0 { true } else { false } }) {
      return nil
    }
    if origins.isEmpty { return outlook.before?.rate.description }
    guard origins.allSatisfy({ $0 == origins[0] }), let origin = origins[0] else { return nil }
    return outlook.series.points[origin].rate.description
  }
}
