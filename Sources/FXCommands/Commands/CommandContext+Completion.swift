import FXCore
import FXDaemon
import FXSources

extension CommandContext {
  /// The labels of rules with their values, as matchers of silences.
  package var labelMatchers: [String] {
    Set(setup.rules.flatMap(\.labels).map { "\($0.name)=\($0.value)" }).sorted()
  }

  /// The names of the presets.
  package static var presetNames: [String] { PresetCatalog.all.map(\.name) }

  /// The names of the rules of the config.
  package var ruleNames: [String] { setup.rules.map(\.name).sorted() }

  /// The names of the sources of the config.
  package var sourceNames: [String] { setup.sources.map(\.name.text).sorted() }

  /// The names of the notifiers of the config.
  package var notifierNames: [String] { setup.notifierNames.sorted() }

  /// The pairs that are stored; the examples of the sources before there are any.
  package var pairNames: [String] {
    let stored = (try? stored { reader throws(StoreProblem) in try reader.latestRates() }) ?? []
    let pairs =
      stored.isEmpty
      ? setup.sources.flatMap { Array($0.examples.keys) } : stored.map(\.series.pair)
    return Set(pairs).sorted().map(\.description)
  }

  /// The identifiers of the alerts that fire.
  package var firingAlerts: [String] {
    ((try? stored { reader throws(StoreProblem) in try reader.alerts(all: false) }) ?? []).map(\.id)
  }

  /// The identifiers of events with a delivery that waits or failed.
  package var undeliveredEvents: [String] {
    let records =
      (try? stored { reader throws(StoreProblem) in try reader.deliveries(nil, ofEvent: nil) })
      ?? []
    return Set(records.filter { $0.state != .delivered }.map(\.eventID)).sorted()
  }
}
