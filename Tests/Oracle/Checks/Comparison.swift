import Support

/// The comparison of the engine with the definition on one scenario.
struct Comparison {
  /// The notifications of one of both that the other does not have.
  private(set) var differences: [String] = []
  private(set) var noticeCount = 0

  /// Compares all rules; each is a pair of a rule and a series.
  init(_ scenario: Scenario) {
    var unread: [String] = []
    let replay = EngineReplay(scenario) { unread.append($0) }
    differences = unread
    let byRule = Dictionary(grouping: replay.notices, by: \.rule)
    for other in byRule.keys.sorted() where !scenario.rules.contains(where: { $0.name == other }) {
      differences.append("unexpected: \(byRule[other]?.first?.text ?? other)")
    }
    for rule in scenario.rules {
      let life = RuleLife(rule, in: scenario)
      noticeCount += life.notices.count
      compare(life.notices, with: byRule[rule.name] ?? [])
    }
  }

  private mutating func compare(_ expected: [Notice], with found: [Notice]) {
    for index in 0..<max(expected.count, found.count) {
      let (mine, theirs) = (
        index < expected.count ? expected[index] : nil, index < found.count ? found[index] : nil
      )
      if let mine, let theirs, mine.agrees(with: theirs) { continue }
      differences.append(
        "definition: \(mine?.text ?? "nothing"); engine: \(theirs?.text ?? "nothing")")
      // The first difference of a rule leads to the others.
      return
    }
  }
}

extension Notice {
  /// Returns true if everything that this notice fixes is in another one.
  fileprivate func agrees(with other: Notice) -> Bool {
    var fixed = other
    if previous == nil { fixed.previous = nil }
    if holds == nil { fixed.holds = nil }
    return fixed == self
  }
}

extension Scenario {
  /// Returns a scenario that still has a difference and from which no step or rule can be left out.
  func shrunk() -> Scenario {
    var smallest = self
    for rule in rules {
      var single = self
      single.rules = [rule]
      if !Comparison(single).differences.isEmpty {
        smallest = single
        break
      }
    }
    var size = max(1, smallest.steps.count / 2)
    while true {
      var start = 0
      while start < smallest.steps.count {
        var fewer = smallest
        fewer.steps.removeSubrange(start..<min(start + size, smallest.steps.count))
        if !fewer.steps.isEmpty, !Comparison(fewer).differences.isEmpty {
          smallest = fewer
        } else {
          start += size
        }
      }
      if size == 1 { break }
      size /= 2
    }
    for part in smallest.rules.first.map(\.simpler) ?? [] {
      var simpler = smallest
      simpler.rules = [part]
      if !Comparison(simpler).differences.isEmpty { return simpler.shrunk() }
    }
    return smallest
  }
}

extension WatchedRule {
  /// The rule without one of its parts.
  fileprivate var simpler: [WatchedRule] {
    var found: [WatchedRule] = []
    func add(_ isPresent: Bool, _ change: (inout WatchedRule) -> Void) {
      guard isPresent else { return }
      var rule = self
      change(&rule)
      found.append(rule)
    }
    for part in claim.parts { add(true) { $0.claim = part } }
    add(release != nil) { $0.release = nil }
    for pair in group?.pairs ?? [] where (group?.pairs.count ?? 0) > max(1, group?.needed ?? 1) {
      add(true) { rule in
        rule.group = RuleGroup(
          pairs: group?.pairs.filter { $0 != pair } ?? [], count: group?.count)
      }
    }
    add(publications > 0) { $0.publications = 0 }
    add(time != nil) { $0.time = nil }
    add(remind != nil) { $0.remind = nil }
    add(isOnce) { $0.isOnce = false }
    add(expires != nil) { $0.expires = nil }
    add(maxAge != nil) { $0.maxAge = nil }
    add(certainty != "certain") { $0.certainty = "certain" }
    return found.filter { $0.isEvent == isEvent }
  }
}
