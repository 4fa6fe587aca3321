/// The state of one alert, and what an evaluation makes of it.
///
/// Its properties are the parts of the state that the contract names.
struct PlainAlert {
  /// An evaluation.
  struct Occasion {
    let now: Int64
    let isPublication: Bool
    let isRevision: Bool

    /// True if nothing was published.
    var isClock = false
    let place: Int

    /// The number of publications of the source so far.
    let number: Int

    /// True if the rate is again that of the publication before the previous one.
    let isReturn: Bool
  }

  /// A notification.
  struct Sent {
    let type: String
    var isFlapping = false
    var reason: String?
    var holds: Bool?
  }

  private(set) var isFiring = false

  /// The instants at which it was armed, and since when it fires.
  var armings: [Int64] = []
  private(set) var firedAt: Int64?

  /// The beginning of the time for which the condition holds, and the publications since.
  private var since: Int64?
  private var count = 0
  private var lastNotified: Int64 = 0

  /// The place of the rate that the last alert is based on.
  private var basis: Int?
  private var isRetired = false

  /// The publications of the source at which the alert changed.
  private var transitions: [Int] = []

  /// Set while the alert flaps: true if it would fire, since an instant.
  private var held: (fires: Bool, since: Int64)?

  /// True if the event of the publication before was true.
  private var isRunning = false

  /// The verdict of the last evaluation; nil where it left everything as it was.
  private var lastVerdict: Bool?
  private(set) var isOver = false

  /// The last time at which a time of `for` was over.
  private var lastDue: Int64 = .min
  var lastFlip: Int64 = .min

  static let firing = "alert.firing"
  static let resolved = "alert.resolved"

  mutating func react(
    to verdict: Bool?, ends: Bool, _ rule: WatchedRule, on occasion: Occasion
  ) -> [Sent] {
    lastVerdict = verdict
    var sent: [Sent] = []
    if occasion.isRevision, basis == occasion.place, !rule.namesRevisions {
      sent.append(Sent(type: "alert.correction", holds: verdict))
      if rule.isEvent {
        if verdict == false { (count, isRunning) = (0, false) }
        return sent
      }
    }
    if rule.isEvent { return sent + reactToEvent(verdict, rule, on: occasion) }
    if held != nil { return sent + follow(verdict, ends: ends, rule, on: occasion) }
    return sent + reactToState(verdict, ends: ends, rule, on: occasion)
  }

  // MARK: States

  private mutating func reactToState(
    _ verdict: Bool?, ends: Bool, _ rule: WatchedRule, on occasion: Occasion
  ) -> [Sent] {
    if isFiring {
      guard ends else { return [] }
      end(at: occasion.now)
      return turn(Sent(type: Self.resolved, reason: "condition"), on: occasion)
    }
    guard !isRetired else { return [] }
    advance(verdict, on: occasion)
    return verdict == true && isDue(rule, at: occasion.now) ? fire(rule, on: occasion) : []
  }

  private mutating func advance(_ verdict: Bool?, on occasion: Occasion) {
    switch verdict {
    case true?:
      if since == nil { since = occasion.now }
      if occasion.isPublication || count == 0 { count += 1 }
    case false?: (since, count) = (nil, 0)
    case nil: break
    }
  }

  private func isDue(_ rule: WatchedRule, at now: Int64) -> Bool {
    guard let time = rule.time else { return count >= max(1, rule.publications) }
    return since.map { now >= $0 + time.milliseconds } ?? false
  }

  private mutating func fire(_ rule: WatchedRule, on occasion: Occasion) -> [Sent] {
    isFiring = true
    firedAt = occasion.now
    isRetired = rule.isOnce
    basis = occasion.isClock && rule.usesAge ? nil : occasion.place
    (since, count) = (nil, 0)
    return turn(Sent(type: Self.firing), on: occasion)
  }

  // MARK: Events

  private mutating func reactToEvent(
    _ verdict: Bool?, _ rule: WatchedRule, on occasion: Occasion
  ) -> [Sent] {
    guard occasion.isPublication || occasion.isRevision, !isRetired else { return [] }
    advance(verdict, on: occasion)
    if verdict == false { isRunning = false }
    let isDue = verdict == true && count >= max(1, rule.publications)
    let isTransition = isDue && (!isRunning || occasion.isReturn)
    if occasion.isPublication, held != nil, !isTransition, isStable(at: occasion) { calm() }
    guard isDue else { return [] }
    // An event that is held is not sent, so that it is not corrected.
    if held == nil {
      basis = occasion.place
      armings.append(occasion.now)
    }
    isRetired = rule.isOnce
    isRunning = true
    if isTransition { return turn(Sent(type: Self.firing), on: occasion) }
    return held == nil ? [Sent(type: Self.firing)] : []
  }

  // MARK: Flapping

  /// Counts a change, and sends it unless the alert flaps.
  private mutating func turn(_ sent: Sent, on occasion: Occasion) -> [Sent] {
    transitions.append(occasion.number)
    if held != nil { return [] }
    let isFlapping = !isRetired && transitions.count { $0 > occasion.number - 21 } > 4
    if isFlapping { held = (isFiring, occasion.now) }
    lastNotified = occasion.now
    var sent = sent
    sent.isFlapping = isFlapping
    return [sent]
  }

  private func isStable(at occasion: Occasion) -> Bool {
    transitions.last.map { occasion.number - $0 >= 7 } ?? true
  }

  private mutating func calm() {
    held = nil
    transitions = []
  }

  /// Follows the condition of a flapping alert; once it is stable, sends what was held.
  private mutating func follow(
    _ verdict: Bool?, ends: Bool, _ rule: WatchedRule, on occasion: Occasion
  ) -> [Sent] {
    guard let held else { return [] }
    if held.fires ? ends : verdict == true {
      self.held = (!held.fires, occasion.now)
      transitions.append(occasion.number)
      return []
    }
    guard occasion.isPublication, isStable(at: occasion) else { return [] }
    calm()
    guard held.fires != isFiring else {
      return reactToState(verdict, ends: ends, rule, on: occasion)
    }
    if held.fires {
      return verdict == true
        ? reactToState(verdict, ends: ends, rule, on: occasion) : fire(rule, on: occasion)
    }
    end(at: occasion.now)
    return turn(Sent(type: Self.resolved, reason: "condition"), on: occasion)
  }

  private mutating func end(at now: Int64) {
    isFiring = false
    firedAt = nil
    armings.append(now)
  }

  // MARK: The clock

  func nextAlarm(of rule: WatchedRule) -> Int64? {
    guard !isOver else { return nil }
    let due =
      rule.isEvent || isFiring || held != nil
      ? nil
      : since.flatMap { since in
        rule.time.map { since + $0.milliseconds }.flatMap { $0 > lastDue ? $0 : nil }
      }
    let reminder =
      isFiring && held == nil ? rule.remind.map { lastNotified + $0.milliseconds } : nil
    return [due, reminder, rule.end].compactMap(\.self).min()
  }

  mutating func wake(_ rule: WatchedRule, on occasion: Occasion) -> [Sent] {
    let now = occasion.now
    if now >= rule.end ?? .max {
      isOver = true
      return isFiring ? [Sent(type: Self.resolved, reason: "expired")] : []
    }
    if !rule.isEvent, !isFiring, since != nil, rule.time != nil, isDue(rule, at: now) {
      lastDue = now
      return lastVerdict == true ? fire(rule, on: occasion) : []
    }
    if isFiring, held == nil, let remind = rule.remind, now >= lastNotified + remind.milliseconds {
      lastNotified = now
      return [Sent(type: "alert.reminder")]
    }
    return []
  }
}
