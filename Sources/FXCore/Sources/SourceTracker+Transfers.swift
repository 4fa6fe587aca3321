extension SourceTracker {
  /// Returns the sources to fetch now, and marks them: those that are due for the longest time first,
  /// as far as there are slots.
  package mutating func startDue(at now: Timestamp) -> [TrackedSource] {
    guard byName.values.contains(where: { $0.isDue(at: now) }) else { return [] }
    var slots = FetchSlots(beside: byName.values.filter(\.transfer.isRunning), at: now)
    var started: [TrackedSource] = []
    for name in namesOfDue(at: now) {
      guard let source = byName[name] else { continue }
      guard slots.take(for: source, at: now) else {
        byName[name]?.transfer.wait(at: now)
        continue
      }
      byName[name]?.transfer.begin(at: now)
      started.append(source)
    }
    return started
  }

  /// Returns the sources that are due, those that are due for the longest time first.
  private func namesOfDue(at now: Timestamp) -> [SourceName] {
    var due: [(time: Timestamp, place: Int, name: SourceName)] = []
    for (place, name) in order.enumerated() {
      guard let source = byName[name], source.isDue(at: now), let time = source.state.due else {
        continue
      }
      due.append((time, place, name))
    }
    return due.sorted { ($0.time, $0.place) < ($1.time, $1.place) }.map(\.name)
  }

  /// Returns the next time after `now` at which a source is due, or one that waits may find a slot or
  /// is late.
  package func nextDue(after now: Timestamp) -> Timestamp? {
    var next: Timestamp?
    var isWaiting = false
    func add(_ time: Timestamp?) {
      if let time, time > now { next = min(next ?? time, time) }
    }
    for source in byName.values where !source.transfer.isRunning {
      add(source.state.due)
      guard source.transfer.waitingSince != nil else { continue }
      isWaiting = true
      if source.transfer.lateSince == nil { add(source.lateAt) }
    }
    guard isWaiting else { return next }
    for source in byName.values { add(FetchSlots.nextMove(of: source, after: now)) }
    return next
  }

  // MARK: Lateness of our own making

  /// Reports, once, each source that waits too long for a slot.
  package func reportLate(in decision: DecisionBuilder) {
    guard byName.values.contains(where: { $0.transfer.waitingSince != nil }) else { return }
    for name in order {
      guard let source = byName[name], source.transfer.lateSince == nil,
        let since = source.state.due,
        let lateAt = source.lateAt, lateAt <= decision.now
      else { continue }
      recordLateness(since: since, of: source, in: decision)
      notify(
        .sourceLate,
        SourcePayload(
          source: name.text, severity: .warning,
          summary: "\(name) is polled late: it is due since \(since), and waits for other sources",
          reason: "all transfers that it may use are taken by slow servers", since: since),
        in: decision)
    }
  }

  /// Reports that a source whose polls were late is polled in time again.
  func reportPunctual(_ source: TrackedSource, in decision: DecisionBuilder) {
    guard let since = source.transfer.lateSince, source.transfer.lastWait < source.patience else {
      return
    }
    recordLateness(since: nil, of: source, in: decision)
    notify(
      .sourceRecovered,
      SourcePayload(
        source: source.name.text, severity: .notice,
        summary: "\(source.name) is polled in time again", since: since),
      in: decision)
  }

  /// Stores since when the polls of a source are late; nil where they are not any more.
  private func recordLateness(
    since: Timestamp?, of source: TrackedSource, in decision: DecisionBuilder
  ) {
    var state = SourceState()
    state.downSince = since
    decision.changeset.sources[.lateness(of: source.name)] = state
  }
}

extension TrackedSource {
  /// True if it is to be fetched as soon as there is a slot.
  fileprivate func isDue(at now: Timestamp) -> Bool {
    guard !transfer.isRunning, let due = state.due else { return false }
    return due <= now
  }

  /// The time that a poll may wait for a slot before it is reported as late.
  fileprivate var patience: Duration {
    guard case .interval(let every) = planned.schedule else { return SourceLimits.longestPatience }
    return min(max(every, SourceLimits.shortestPatience), SourceLimits.longestPatience)
  }

  /// The time at which its wait for a slot is reported; nil while it does not wait.
  fileprivate var lateAt: Timestamp? { transfer.waitingSince.map { $0 + patience } }
}
