package import FXCore
package import FXDaemon
import FXSources
import FXSystem

/// The work of `fxwatch silence` and `fxwatch ack`.
///
/// It writes silences and acknowledgements into the store, which a running daemon reads with the next
/// event.
package struct SilenceCommands: Sendable {
  /// The longest duration of a silence or an acknowledgement: beyond that, change the config.
  private static let longest: Duration = .seconds(366 * 86_400)

  private let context: CommandContext
  private let now: Timestamp

  /// Silences and acknowledgements in the store of a context.
  package init(_ context: CommandContext) {
    self.context = context
    now = SystemClock().now()
  }

  /// Returns author, by default who runs the command, and reason; throws where either is empty.
  package func attribution(
    author: String?, reason: String?
  ) throws(CommandFailure) -> Attribution {
    guard let reason else { throw .usage("missing reason; use --reason") }
    do throws(SilenceProblem) {
      return try Attribution(author: author ?? UserName.current, reason: reason)
    } catch {
      throw .usage(error.message)
    }
  }

  /// Returns the end given by `--until` or `--for`; nil where neither is given.
  package func expiry(
    until: String?, for duration: String?
  ) throws(CommandFailure) -> Timestamp? {
    let end: Timestamp
    switch (until, duration) {
    case (nil, nil): return nil
    case (_?, _?): throw .usage("use --until or --for, not both")
    case (let until?, nil):
      guard let instant = LocalZone.current.instant(until, now: now) else {
        throw .usage(
          "--until: \(until.quoted) is not an instant; write 2026-02-20T18:00:00Z, 2026-02-20, or "
            + "08:00 for the next such time")
      }
      end = instant
    case (nil, let duration?):
      guard let parsed = DurationText.parse(duration), parsed > .zero else {
        throw .usage(
          "--for: \(duration.quoted) is not a duration; write 90s, 1h30m, 24h or 7d")
      }
      end = now + parsed
    }
    guard end > now else { throw .usage("\(end) is in the past; use a later end") }
    guard end <= now + Self.longest else {
      throw .usage("\(end) is more than a year ahead; change the config instead")
    }
    return end
  }

  /// The end of a silence of an alert if none is given: in two hours.
  package var defaultExpiry: Timestamp { now + .seconds(7200) }

  // MARK: Silences

  /// Adds a silence for alerts that match every matcher.
  package func silence(
    matching texts: [String], alert: String? = nil, by attribution: Attribution, until: Timestamp?
  ) throws(CommandFailure) -> AddedSilence {
    guard let until else { throw .usage("missing end; use --until or --for") }
    var matchers: [SilenceMatcher] = []
    for text in texts { matchers.append(try matcher(text)) }
    if let alert { matchers += try self.matchers(ofAlert: alert) }
    guard !matchers.isEmpty else {
      throw .usage(
        "missing matcher; use --alert, or --match, for example --match rule=big-move")
    }
    let wanted = matchers
    let now = now
    let silence = try write { writer throws(StoreProblem) in
      try writer.silence(wanted, by: attribution, from: now, until: until)
    }
    let coverage = try coverage(of: silence)
    let count = try dropWaiting(because: "muted by silence \(silence.id)") {
      silence.covers($0)
    }
    return AddedSilence(silence: silence, coverage: coverage, droppedCount: count)
  }

  /// Returns the identifiers of the firing alerts of a rule; throws where none fires.
  package func firingAlerts(ofRule rule: String) throws(CommandFailure) -> [String] {
    let alerts = try context.stored { reader throws(StoreProblem) in
      try reader.alerts(all: false)
    }.filter { $0.key.rule == rule }
    if alerts.isEmpty {
      if !context.isConfigInvalid { _ = try context.rule(named: rule) }
      throw .failed("no alert of rule \(rule.quoted) fires")
    }
    return alerts.map(\.id)
  }

  /// Returns a clause with the number of alerts that a silence covers at present.
  private func coverage(of silence: Silence) throws(CommandFailure) -> String {
    let rules = Dictionary(context.setup.rules.map { ($0.name, $0) }) { first, _ in first }
    let active = try context.stored { reader throws(StoreProblem) in try reader.activeAlerts() }
    let count = active.count { alert in
      alert.target(under: rules[alert.key.rule]).map { silence.covers($0) } ?? false
    }
    return "it covers "
      + (count == 0 ? "no alert at present" : PluralText.text(count, "active alert"))
      + "; 'fxwatch silence end \(silence.id)' ends it"
  }

  /// Makes the waiting deliveries of matching alerts dead letters; returns how many.
  private func dropWaiting(
    because reason: String, where covers: (SilenceTarget) -> Bool
  ) throws(CommandFailure) -> Int {
    let now = now
    let waiting = try context.stored { reader throws(StoreProblem) in
      try WaitingAlerts(in: reader, at: now, where: covers)
    }
    guard !waiting.deliveries.isEmpty else { return 0 }
    return try write { writer throws(StoreProblem) in
      try writer.forgetNotification(ofAlerts: waiting.unsentAlerts)
      return try writer.abandon(waiting.deliveries, because: reason, now: now).count
    }
  }

  /// Makes waiting deliveries dead letters: those of some events, of a notifier, or of alerts that match
  /// every matcher; returns the text to print.
  package func drop(
    events: [String], notifier: String?, matching texts: [String], reason: String?
  ) throws(CommandFailure) -> String {
    guard !events.isEmpty || notifier != nil || !texts.isEmpty else {
      throw .usage("nothing to drop; give events, --notifier or --match")
    }
    var matchers: [SilenceMatcher] = []
    for text in texts { matchers.append(try matcher(text)) }
    let now = now
    let silence = Silence(
      id: 0, matchers: matchers, author: "", reason: "", created: now, until: now)
    let chosen = Set(try context.events(named: events))
    let keys = try context.stored { reader throws(StoreProblem) in
      let covered: Set<DeliveryKey>? =
        matchers.isEmpty
        ? nil
        : Set(
          try WaitingAlerts(in: reader, at: now) { silence.covers($0) }.deliveries)
      return try reader.deliveries(.open, ofEvent: nil).filter { record in
        (events.isEmpty || chosen.contains(record.eventID))
          && (notifier == nil || record.notifier == notifier)
          && covered?.contains(DeliveryKey(sequence: record.sequence, notifier: record.notifier))
            ?? true
      }.map { DeliveryKey(sequence: $0.sequence, notifier: $0.notifier) }
    }
    let detail =
      "dropped by \(UserName.current)" + (reason.map { ": \(SanitizedText.line($0))" } ?? "")
    let dropped = try write { writer throws(StoreProblem) in
      try writer.abandon(keys, because: detail, now: now).count
    }
    guard dropped > 0 else {
      throw .failed(
        "no waiting delivery matches; 'fxwatch deliveries list --state open' lists them")
    }
    return PluralText.text(dropped, "delivery", plural: "deliveries")
      + " dropped; 'fxwatch deliveries replay' makes them all the same"
  }

  /// Ends a silence; returns the text to print.
  package func endSilence(_ id: Int64) throws(CommandFailure) -> String {
    let now = now
    let isEnded = try write { writer throws(StoreProblem) in
      try writer.endSilence(id, at: now)
    }
    guard isEnded else {
      throw .failed("no active silence \(id); fxwatch silence list lists them")
    }
    return "silence \(id) ended"
  }

  /// Lists the active silences, or all ever.
  package func silences(all: Bool) throws(CommandFailure) -> Report {
    .silences(try book(all: all).silences, now: now)
  }

  /// Returns the matchers of the rule and series of an alert.
  private func matchers(ofAlert name: String) throws(CommandFailure) -> [SilenceMatcher] {
    let id = try context.alertID(named: name)
    let alert = try context.stored { reader throws(StoreProblem) in
      try reader.alert(id)
    }
    if let key = alert?.key, key.series.isGroup {
      return [.rule(NamePattern(key.rule)), .source(NamePattern(key.series.source.text))]
    }
    guard let key = alert?.key, let pair = PairPattern("\(key.series.pair)") else {
      throw .failed("unknown alert '\(id)'; fxwatch alerts --all lists all alerts")
    }
    return [
      .rule(NamePattern(key.rule)), .pair(pair), .source(NamePattern(key.series.source.text)),
    ]
  }

  /// Reads a matcher; throws for a rule, source or label that the config does not have, and for a pattern
  /// that none of its rules or sources matches.
  private func matcher(_ text: String) throws(CommandFailure) -> SilenceMatcher {
    let matcher: SilenceMatcher
    do throws(SilenceProblem) {
      let labels = Set(context.setup.rules.flatMap(\.labels).map(\.name))
      matcher = try SilenceMatcher(text, labels: context.isConfigInvalid ? nil : labels)
    } catch {
      throw .usage("--match: \(error.message)")
    }
    switch matcher {
    case .rule(let pattern): try require(pattern, "rule", among: context.setup.rules.map(\.name))
    case .source(let pattern):
      try require(pattern, "source", among: context.setup.sources.map(\.name.text))
    case .label(let name, let pattern):
      let values = context.setup.rules.flatMap(\.labels).filter { $0.name == name }.map(\.value)
      try require(pattern, "rule with the label \(name.quoted) and the value", among: values)
    case .pair, .severity: break
    }
    return matcher
  }

  private func require(
    _ pattern: NamePattern, _ kind: String, among names: [String]
  ) throws(CommandFailure) {
    guard !names.contains(where: pattern.matches), !context.isConfigInvalid else { return }
    throw .usage(
      "--match: \(context.setup.file) has no \(kind) \(pattern.text.quoted)"
        + NearestName.suggestion(for: pattern.text, among: names))
  }

  // MARK: Acknowledgements

  /// Acknowledges a firing alert; returns the text to print.
  package func acknowledge(
    _ alert: String, by attribution: Attribution, until: Timestamp?
  ) throws(CommandFailure) -> String {
    let now = now
    let alertID = try context.alertID(named: alert)
    if let earlier = try book(all: false).acknowledgement(of: alertID, at: now),
      earlier.until == until || earlier.until == nil
    {
      return "acknowledgement \(earlier.id) of \(alertID) is already valid, by \(earlier.author)"
    }
    let known = try write { writer throws(StoreProblem) in
      try writer.acknowledge(alertID, by: attribution, from: now, until: until)
    }
    guard let known else {
      throw .failed("no firing alert \(alertID.quoted); fxwatch alerts lists them")
    }
    let end = known.until.map { "until \($0)" } ?? "until it is resolved"
    return "acknowledgement \(known.id) \(end): \(alertID)"
  }

  /// Ends an acknowledgement; returns the text to print.
  package func endAcknowledgement(_ id: Int64) throws(CommandFailure) -> String {
    let now = now
    let isEnded = try write { writer throws(StoreProblem) in
      try writer.endAcknowledgement(id, at: now)
    }
    guard isEnded else {
      throw .failed("no active acknowledgement \(id); fxwatch ack list lists them")
    }
    return "acknowledgement \(id) ended"
  }

  /// Lists the active acknowledgements, or all ever.
  package func acknowledgements(all: Bool) throws(CommandFailure) -> Report {
    .acknowledgements(try book(all: all).acknowledgements, now: now)
  }

  // MARK: The store

  private func book(all: Bool) throws(CommandFailure) -> Suppressions {
    let instant = all ? nil : now
    return try context.stored { reader throws(StoreProblem) in try reader.suppressions(at: instant)
    }
  }

  private func write<Answer>(
    _ work: (any CommandWriting) throws(StoreProblem) -> Answer
  ) throws(CommandFailure) -> Answer {
    do throws(StoreProblem) {
      return try work(context.setup.store.openForWriting(creating: false))
    } catch {
      throw .failed(error.message)
    }
  }
}
