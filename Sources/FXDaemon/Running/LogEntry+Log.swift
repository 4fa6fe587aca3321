import FXCore
import Logging

extension LogEntry {
  /// True for an event that a notifier writes to where the log goes.
  func repeats(anyOf inLog: Set<String>) -> Bool {
    guard case .notified(_, _, _, _, let recipients) = self else { return false }
    return !inLog.isDisjoint(with: recipients)
  }

  /// Writes the entry as one line of the log.
  func write(to log: Logger) {
    switch self {
    case .published(let source, let number, let changed, let count):
      log.info(
        "\(source): publication \(number), \(changed) of \(count) rates changed",
        metadata: ["FXWATCH_SOURCE": "\(source)"])
    case .fetchFailed(let source, let reason, let failures):
      log.warning(
        "\(source): \(reason)\(failures > 1 ? " (\(failures) attempts in a row)" : "")",
        metadata: LogKind.sourceFailing.with(["FXWATCH_SOURCE": "\(source)"]))
    case .fetchRecovered(let source, let failures):
      log.notice(
        "\(source): works again after \(PluralText.text(failures, "failed attempt"))",
        metadata: LogKind.sourceWorking.with(["FXWATCH_SOURCE": "\(source)"]))
    case .listedAgain(let series, let since):
      log.notice(
        "\(series): published again, which it was not since \(since)",
        metadata: ["FXWATCH_SOURCE": "\(series.source)"])
    case .trustedAgain(let series, let reason):
      log.notice("\(series): \(reason)", metadata: ["FXWATCH_SOURCE": "\(series.source)"])
    case .notified(let type, let id, let summary, let silence, _):
      // Only entries of the journal notifier have the fields of pair and rule: a search of the journal
      // for a pair finds each alert once.
      let silence = silence.map { " (not sent: muted by silence \($0))" } ?? ""
      log.info(
        "\(type.rawValue) \(id): \(summary)\(silence)",
        metadata: ["FXWATCH_NOTIFICATION": "\(id)"])
    case .deliveryPostponed(let notifier, let id, let reason, let until):
      log.warning(
        "\(notifier): event \(id) not delivered: \(reason); next attempt at \(until)",
        metadata: LogKind.deliveryPostponed.with(["FXWATCH_NOTIFIER": "\(notifier)"]))
    case .deliveryRecovered(let notifier, let failures):
      log.notice(
        "\(notifier): delivers again after \(PluralText.text(failures, "failed attempt"))",
        metadata: LogKind.notifierWorking.with(["FXWATCH_NOTIFIER": "\(notifier)"]))
    case .deliveryDead(let notifier, let id, let reason):
      log.error(
        "\(notifier): event \(id) given up: \(reason)",
        metadata: LogKind.deliveryGivenUp.with(["FXWATCH_NOTIFIER": "\(notifier)"]))
    case .notifierDisabled(let notifier, let reason):
      log.error(
        "\(notifier): disabled: \(reason)",
        metadata: LogKind.notifierDisabled.with(["FXWATCH_NOTIFIER": "\(notifier)"]))
    case .clockStepped(let step):
      log.notice(
        "the clock was set by \(step.milliseconds / 1000) s; due times were moved by the same")
    }
  }
}
