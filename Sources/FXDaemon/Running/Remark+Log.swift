import FXCore
import Logging

extension Remark {
  /// Writes the remark as one line of the log.
  func write(to log: Logger) {
    switch self {
    case .published(let source, let number, let changed, let count):
      log.info("\(source): publication \(number), \(changed) of \(count) rates changed")
    case .fetchFailed(let source, let reason, let failures):
      log.warning("\(source): \(reason)\(failures > 1 ? " (\(failures) attempts in a row)" : "")")
    case .fetchRecovered(let source, let failures):
      log.notice("\(source): works again after \(CountText.text(failures, "failed attempt"))")
    case .trustedAgain(let series, let reason):
      log.notice("\(series): \(reason)")
    case .told(let notification):
      log.info(
        "\(notification.type.rawValue) \(notification.id): \(notification["summary"] ?? "")")
    case .deliveryPostponed(let notifier, let id, let reason, let until):
      log.warning("\(notifier): event \(id) not delivered: \(reason); next attempt at \(until)")
    case .deliveryRecovered(let notifier, let failures):
      log.notice("\(notifier): delivers again after \(CountText.text(failures, "failed attempt"))")
    case .deliveryDead(let notifier, let id, let reason):
      log.error("\(notifier): event \(id) is given up: \(reason)")
    case .notifierDisabled(let notifier, let reason):
      log.error("\(notifier): disabled, because \(reason)")
    case .clockStepped(let step):
      log.notice("the clock was set by \(step.milliseconds / 1000) s; everything due moved with it")
    }
  }
}
