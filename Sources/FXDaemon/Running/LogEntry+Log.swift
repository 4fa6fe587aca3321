import FXCore
import Logging

extension LogEntry {
  /// Writes the remark as one line of the log.
  func write(to log: Logger) {
    switch self {
    case .published(let source, let number, let changed, let count):
      log.info(
        "\(source): publication \(number), \(changed) of \(count) rates are new",
        metadata: ["FXWATCH_SOURCE": "\(source)"])
    case .fetchFailed(let source, let reason, let failures):
      log.warning(
        "\(source): \(reason)\(failures > 1 ? " (\(failures) attempts in a row)" : "")",
        metadata: LogKind.sourceFailing.with(["FXWATCH_SOURCE": "\(source)"]))
    case .fetchRecovered(let source, let failures):
      log.notice(
        "\(source): works again after \(PluralText.text(failures, "failed attempt"))",
        metadata: LogKind.sourceWorking.with(["FXWATCH_SOURCE": "\(source)"]))
    case .trustedAgain(let series, let reason):
      log.notice("\(series): \(reason)", metadata: ["FXWATCH_SOURCE": "\(series.source)"])
    case .told(let type, let id, let summary, let silence):
      // The pair and the rule are fields of what the journal notifier writes, and of that alone:
      // who asks the journal for a pair gets each alert once.
      let silence = silence.map { " (told to nobody: silence \($0))" } ?? ""
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
        "\(notifier): event \(id) is given up: \(reason)",
        metadata: LogKind.deliveryGivenUp.with(["FXWATCH_NOTIFIER": "\(notifier)"]))
    case .notifierDisabled(let notifier, let reason):
      log.error(
        "\(notifier): disabled, because \(reason)",
        metadata: LogKind.notifierDisabled.with(["FXWATCH_NOTIFIER": "\(notifier)"]))
    case .clockStepped(let step):
      log.notice("the clock was set by \(step.milliseconds / 1000) s; everything due moved with it")
    }
  }
}
