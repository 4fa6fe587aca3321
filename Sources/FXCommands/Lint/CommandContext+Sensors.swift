import FXCore
import FXDaemon
import FXNotifiers

extension CommandContext {
  /// Returns warnings about notifiers with fewer sensors than series.
  func omittedSensors(of series: [Series]) -> [SettingsProblem] {
    setup.notifiers.compactMap { notifier in
      guard let settings = notifier.homeAssistant else { return nil }
      let count = series.count { settings.includes($0.pair) }
      guard count > HomeAssistant.maximumRates else { return nil }
      return SettingsProblem(
        mark: .wholeFile(setup.file), path: "notifiers.\(notifier.name).home_assistant",
        message: "\(count) series are more than Home Assistant gets; the first"
          + " \(HomeAssistant.maximumRates) have sensors: choose some with 'pairs'",
        isWarning: true)
    }
  }
}
