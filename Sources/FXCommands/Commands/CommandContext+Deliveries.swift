import FXCore
package import FXDaemon
import FXNotifiers
import FXSystem
import Glibc

extension CommandContext {
  /// Lists the deliveries in a state, or in any, to one notifier, or to all.
  package func deliveries(
    state: String?, notifier: String?
  ) throws(CommandFailure) -> Report {
    let wanted = try state.map { text throws(CommandFailure) in
      guard let state = DeliveryState(rawValue: text) else {
        let states = DeliveryState.allCases.map(\.rawValue)
        throw .usage(
          "--state: '\(text)' is not one of \(states.joined(separator: ", "))"
            + NearestName.suggestion(for: text, among: states))
      }
      return state
    }
    let records = try stored { reader throws(StoreProblem) in
      try reader.deliveries(wanted, ofEvent: nil)
    }
    if let notifier, !isConfigInvalid, !records.contains(where: { $0.notifier == notifier }),
      !setup.notifierNames.contains(notifier)
    {
      _ = try self.notifier(named: notifier)
    }
    return .deliveries(
      records.filter { notifier == nil || notifier == $0.notifier }, now: SystemClock().now())
  }

  /// Shows one event with all attempts to deliver it; given by its identifier or its number, which is
  /// in the log.
  package func delivery(ofEvent name: String) throws(CommandFailure) -> Report {
    guard let id = try events(named: [name]).first else {
      throw .failed("no event about '\(name)' is kept; 'fxwatch explain \(name)' explains it")
    }
    let found = try stored { reader throws(StoreProblem) in
      var histories: [DeliveryHistory] = []
      for record in try reader.deliveries(nil, ofEvent: id) {
        histories.append(
          DeliveryHistory(
            record: record,
            attempts: try reader.attempts(ofEvent: record.sequence, to: record.notifier)))
      }
      return (event: try reader.notification(id), histories: histories)
    }
    guard let event = found.event else {
      throw .failed(
        "unknown event '\(name)'; 'fxwatch deliveries list' lists those that are kept")
    }
    return .delivery(of: event, found.histories)
  }

  /// Puts dead letters back into the outbox and asks a running daemon to deliver them; returns the text
  /// to print.
  ///
  /// Each of `events` is an event's identifier or number, or two with `..` between them.
  package func replay(
    _ events: [String], notifier: String?
  ) throws(CommandFailure) -> String {
    var ranges: [DeadLetterSelection.EventRange] = []
    for text in events {
      let ends = text.split(separator: "..", omittingEmptySubsequences: false)
      ranges += try self.ranges(
        from: String(ends.first ?? ""), to: ends.count > 1 ? String(ends[ends.count - 1]) : nil)
    }
    if let notifier { _ = try self.notifier(named: notifier) }
    let letters: [DeliveryRecord]
    do throws(StoreProblem) {
      letters = try setup.store.openForWriting(creating: false).replay(
        DeadLetterSelection(events: ranges, notifier: notifier), now: SystemClock().now())
    } catch {
      throw .failed(error.message)
    }
    let lines = letters.map { "\($0.eventID) is sent to \($0.notifier) again" }
    return (lines + [requestDelivery()]).joined(separator: "\n")
  }

  /// Returns the events between two, or each of what one text names; of an alert those that have a dead
  /// letter.
  private func ranges(
    from first: String, to last: String?
  ) throws(CommandFailure) -> [DeadLetterSelection.EventRange] {
    if let last {
      let ends = (try self.events(named: [first]), try self.events(named: [last]))
      guard let from = ends.0.first, let to = ends.1.last else { return [] }
      return [.init(first: from, last: to)]
    }
    let events = try self.events(named: [first])
    guard events.count > 1 else { return events.map { .init(first: $0, last: $0) } }
    let dead = Set(
      try stored { reader throws(StoreProblem) in try reader.deliveries(.dead, ofEvent: nil) }
        .map(\.eventID))
    let failed = events.filter { dead.contains($0) }
    return (failed.isEmpty ? Array(events.prefix(1)) : failed).map { .init(first: $0, last: $0) }
  }

  /// Asks the daemon to load its state again; returns the sentence to print.
  ///
  /// The active one of several replicas notices by itself, and a reload would propose a config.
  private func requestDelivery() -> String {
    if setup.isStoreShared { return "the active replica delivers them within seconds" }
    guard let pid = StateDirectoryLock.holder(ofDirectory: setup.stateDirectory) else {
      return "fxwatch is not running; it delivers them at its next start"
    }
    guard kill(pid, SIGHUP) == 0 else {
      return "fxwatch (pid \(pid)) could not be notified; reload or restart it"
    }
    return "fxwatch (pid \(pid)) delivers them after a reload of its config"
  }
}
