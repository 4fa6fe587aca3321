extension Outlook {
  /// Returns the answer to a claim.
  func answer(to claim: Claim) -> Answer {
    switch claim {
    case .compare(let left, let sign, let right): return compare(left, sign, right)
    case .crosses(let name, let level): return crosses(name, .rate, level)
    case .crossesEachOther(let name, let left, let right): return crosses(name, left, right)
    case .passes(let name, let low, let high): return passes(name, low, high)
    case .extreme(let name, let window): return extreme(name, window)
    case .first(let period):
      guard isPublication, !isRevision else { return Answer(false) }
      guard place > 0 else { return .unknown }
      return Answer(series.points[place - 1].known < start(of: period))
    case .revised: return Answer(isPublication && isRevision)
    case .both(let left, let right): return answer(to: left) && answer(to: right)
    case .either(let left, let right): return answer(to: left) || answer(to: right)
    case .not(let claim): return !answer(to: claim)
    }
  }

  private func start(of period: String) -> Int64 { Calendar.start(of: period, at: now) }

  private func compare(_ left: Term, _ sign: String, _ right: Term) -> Answer {
    guard let a = value(of: left), let b = value(of: right) else { return .unknown }
    return Answer.compare(a, sign, b)
  }

  /// The publication before, as it was seen then.
  private var earlier: Outlook? {
    guard isPublication, place > 0 else { return nil }
    var outlook = self
    outlook.place = place - 1
    outlook.now = outlook.current.known
    return outlook
  }

  private func crosses(_ name: String, _ value: Term, _ level: Term) -> Answer {
    guard isPublication else { return Answer(false) }
    // A level of the rate is that of now; two values that cross each other have both moved.
    func before(_ sign: String) -> Answer {
      guard case .rate = value else {
        return isRevision ? .unknown : earlier?.compare(value, sign, level) ?? .unknown
      }
      guard let previous, let x = self.value(of: level) else { return .unknown }
      return Answer.compare(series.figure(previous), sign, x)
    }
    let up = before("<=") && compare(value, ">", level)
    let down = before(">=") && compare(value, "<", level)
    // Where one side is missing, nothing is known.
    if before("<=") == .unknown || compare(value, ">", level) == .unknown { return .unknown }
    switch name {
    case "crosses_above": return up
    case "crosses_below": return down
    default: return up || down
    }
  }

  private func passes(_ name: String, _ low: Term, _ high: Term) -> Answer {
    guard isPublication else { return Answer(false) }
    guard let previous, let a = value(of: low), let b = value(of: high) else { return .unknown }
    func isInside(_ figure: Figure) -> Answer {
      Answer.compare(figure, ">=", a) && Answer.compare(figure, "<=", b)
    }
    let (was, now) = (isInside(series.figure(previous)), isInside(figure(place)))
    return name == "enters" ? !was && now : was && !now
  }

  private func extreme(_ name: String, _ window: Stretch) -> Answer {
    guard isPublication else { return Answer(false) }
    guard let places = places(in: window) else { return .unknown }
    let others = places.filter { $0 != place }
    guard !others.isEmpty else { return .unknown }
    return Answer(
      others.allSatisfy { other in
        let rate = series.points[other].rate
        return name == "new_high" ? current.rate > rate : current.rate < rate
      })
  }
}
