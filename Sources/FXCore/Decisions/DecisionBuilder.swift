/// Collects the changes of one decision.
///
/// Every component that takes part in the decision adds to it. A reference that lives as long as one
/// `Engine.decide`. It has more than ten properties because it holds one for each part of a decision.
package final class DecisionBuilder {
  /// The time of the event.
  let now: Timestamp

  private let installation: String
  private let latestEvent: Int64
  private let recipients: any RecipientSelection

  /// The changes so far, to be committed.
  ///
  /// Access is not checked for exclusivity at run time, here and below, because it costs more than the
  /// change: no component keeps access to a part while it calls another one.
  @exclusivity(unchecked)
  package var changeset = Changeset()

  /// The number of events and of fired alerts in the changeset.
  private(set) var eventCount = 0
  private(set) var firedCount = 0

  // The other parts of the decision.
  @exclusivity(unchecked) private var logEntries: [LogEntry] = []
  private var containsStartup = false
  private var endedFetch: SourceName?
  private var publications: [SourceName: PublicationInProgress?] = [:]
  private var endedLeases: [EndedLease] = []
  @exclusivity(unchecked) private var alarms: [AlarmChange] = []
  private var clockStep: Duration?
  private var loaded: LoadedPage?

  /// A decision without changes.
  ///
  /// Events are numbered from `latestEvent` + 1 on; no other installation makes the same identifiers.
  package init(
    at now: Timestamp, installation: String, latestEvent: Int64,
    recipients: any RecipientSelection
  ) {
    self.now = now
    self.installation = installation
    self.latestEvent = latestEvent
    self.recipients = recipients
  }

  /// The decision with everything added so far.
  package var decision: Decision {
    Decision(
      changeset: changeset, logEntries: logEntries, containsStartup: containsStartup,
      endedFetch: endedFetch,
      publications: publications, endedLeases: endedLeases, loaded: loaded, alarms: alarms,
      clockStep: clockStep)
  }

  // MARK: Identifiers

  /// The number of the next event.
  private var nextEvent: Int64 { latestEvent + Int64(eventCount) + 1 }

  /// The number of hexadecimal digits of an identifier: 96 bits are the same for two of 10^10 events
  /// once in a billion installations.
  private static let identifierDigits = 24

  /// The key of all identifiers, so that they are unique over all installations.
  private lazy var identifierKey: ContentDigest = {
    var hasher = ContentHasher()
    hasher.combine(installation)
    return hasher.finish()
  }()

  /// Returns the identifier of an alert, made from the digest of what it is about.
  package func alertID(_ digest: ContentDigest) -> String { "alert_" + identifier(digest) }

  /// Returns the identifier of an event, made from the digest of what happened.
  package func eventID(_ digest: ContentDigest) -> String { "evt_" + identifier(digest) }

  private func identifier(_ digest: ContentDigest) -> String {
    var hasher = ContentHasher(key: identifierKey)
    hasher.combine(digest)
    return hasher.finish().hexadecimal(digits: Self.identifierDigits)
  }

  // MARK: Notifications

  /// Adds a notification that belongs to no alert.
  ///
  /// Returns its identifier, which is made from its type, its data and the moment; with an
  /// `occurrence`, from that instead of the moment. `names` are its recipients; nil for all notifiers.
  @discardableResult
  package func notify(
    _ type: NotificationType, _ data: JSONValue, orderingKey: String, to names: [String]? = nil,
    occurrence: Occurrence? = nil
  ) -> String {
    let evidence = Evidence(data)
    let digest = (occurrence ?? .moment(now)).digest(of: type, evidence.text, names)
    return notify(type, evidence, orderingKey: orderingKey, to: names, digest: digest)
  }

  /// Adds a notification; a recipient in quiet hours receives it in a digest.
  ///
  /// Returns its identifier, which is made from `digest`. Notifications of one ordering key are
  /// delivered in order.
  @discardableResult
  func notify(
    _ type: NotificationType, _ evidence: Evidence, orderingKey: String, to names: [String]?,
    digest: ContentDigest
  ) -> String {
    let sequence = nextEvent
    let notification = Notification(
      id: eventID(digest), type: type, timestamp: now, text: evidence.text)
    let (immediate, later) = recipients.select(
      names, of: type, severity: evidence.severity, at: now)
    for name in later {
      changeset.held.append(
        HeldEvent(key: .init(sequence: sequence, notifier: name), notification: notification))
    }
    eventCount += 1
    changeset.events.append(
      OutboxEvent(
        sequence: sequence, notification: notification, summary: evidence.summary,
        severity: evidence.severity, orderingKey: orderingKey, recipients: immediate))
    log(
      .notified(
        type, id: notification.id, summary: evidence.summary, silence: evidence.silence,
        recipients: immediate))
    return notification.id
  }

  /// Adds an alert that fired.
  func recordFired(_ alert: AlertRecord) {
    firedCount += 1
    changeset.fired.append(alert)
  }

  // MARK: Changes of memory

  /// Adds an entry for the log.
  func log(_ entry: LogEntry) { logEntries.append(entry) }

  /// Sets when an alert is next evaluated by the clock; nil cancels that.
  func setAlarm(_ key: AlertKey, at instant: Timestamp?) {
    alarms.append(AlarmChange(key: key, at: instant))
  }

  /// Marks the changes that follow from a new plan as part of the decision.
  func setContainsStartup() { containsStartup = true }

  /// Marks the fetch of a source as ended; nil if it goes on.
  package func setEndedFetch(_ source: SourceName?) { endedFetch = source }

  /// True if the fetch that led to this decision ends with it.
  var endsFetch: Bool { endedFetch != nil }

  /// Sets the unfinished publication of a source; nil for one that is complete.
  func setPublication(_ publication: PublicationInProgress?, of source: SourceName) {
    publications = [source: publication]
  }

  /// Adds the end of a lease, or of a part of it.
  func endLease(_ lease: EndedLease) { endedLeases.append(lease) }

  /// Sets the open deliveries that were read for a notifier.
  func setLoaded(_ page: LoadedPage) { loaded = page }

  /// Sets the difference by which the wall clock was set.
  func setClockStep(_ step: Duration) { clockStep = step }
}
