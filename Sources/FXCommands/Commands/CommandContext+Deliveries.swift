import FXCore
package import FXDaemon
import FXNotifiers
import FXSystem
import Glibc

extension CommandContext {
  /// The deliveries in a state, or in any, to one notifier, or to all.
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
    return .deliveries(records.filter { notifier == nil || notifier == $0.notifier })
  }

  /// One event, with everything that was tried to deliver it; given by its identifier, or by the
  /// number the log calls it by.
  package func delivery(ofEvent name: String) throws(CommandFailure) -> Report {
    let found = try stored { reader throws(StoreProblem) in
      let id = try reader.identifier(ofEvent: name)
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
        "there is no event '\(name)'; 'fxwatch deliveries list' shows those of the last 30 days")
    }
    return .delivery(of: event, found.histories)
  }

  /// Puts dead letters back into the outbox and has a running daemon take them; gives what to tell.
  ///
  /// Each of `events` is an event's identifier or number, or two with `..` between them.
  package func replay(
    _ events: [String], notifier: String?
  ) throws(CommandFailure) -> String {
    let ranges = try stored { reader throws(StoreProblem) in
      var ranges: [DeadLetterSelection.EventRange] = []
      for text in events {
        let ends = text.split(separator: "..", omittingEmptySubsequences: false)
        ranges.append(
          .init(
            first: try reader.identifier(ofEvent: String(ends.first ?? "")),
            last: try reader.identifier(ofEvent: String(ends.last ?? ""))))
      }
      return ranges
    }
    if let notifier, !setup.notifiers.contains(where: { $0.name == notifier }) {
      throw .failed("there is no notifier '\(notifier)' in \(setup.file)")
    }
    let letters: [DeliveryRecord]
    do throws(StoreProblem) {
      letters = try setup.store.openForWriting(creating: false).replay(
        DeadLetterSelection(events: ranges, notifier: notifier), now: SystemClock().now())
    } catch {
      throw .failed(error.message)
    }
    let lines = letters.map { "\($0.eventID) goes to \($0.notifier) again" }
    return (lines + [takeUp()]).joined(separator: "\n")
  }

  /// Asks the daemon to read its state again; says what becomes of what was put back.
  private func takeUp() -> String {
    guard let pid = StateDirectoryLock.holder(ofDirectory: setup.stateDirectory) else {
      return "fxwatch is not running here; it delivers them when it starts"
    }
    guard kill(pid, SIGHUP) == 0 else {
      return "fxwatch (pid \(pid)) could not be asked to take them; reload or restart it"
    }
    return "fxwatch (pid \(pid)) takes them with a reload of its config"
  }
}
