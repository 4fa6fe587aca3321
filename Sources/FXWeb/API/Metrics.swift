import FXCore
import FXDaemon
import FXServer

/// The metrics of a daemon, in OpenMetrics or, for older scrapers, in the text format of Prometheus.
///
/// Value dates and first fetches are gauges of their own; samples have no timestamps.
struct Metrics {
  private let status: DaemonStatus
  private let rates: [RateAsOf]

  /// The metrics of a status and of the latest trusted rates.
  init(status: DaemonStatus, rates: [RateAsOf]) {
    self.status = status
    self.rates = rates
  }

  /// The answer in the format that a request accepts.
  func response(to request: WebRequest) -> WebResponse {
    let isOpen = request.header("Accept")?.contains("application/openmetrics-text") == true
    let text = text(isOpen: isOpen)
    return WebResponse(
      type: isOpen
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8", body: Array(text.utf8))
  }

  private func text(isOpen: Bool) -> String {
    var lines: [String] = []
    func add(
      _ name: String, _ help: String, type: String = "gauge",
      _ samples: [(labels: [(String, String)], value: String)]
    ) {
      lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(type)"]
      for sample in samples {
        let labels = sample.labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",")
        lines.append("\(name)\(labels.isEmpty ? "" : "{\(labels)}") \(sample.value)")
      }
    }
    func flag(_ value: Bool) -> String { value ? "1" : "0" }
    add("fxwatch_build_info", "The running program.", [([("version", status.program)], "1")])
    add(
      "fxwatch_start_time_seconds", "When the process started, in seconds since 1970.",
      [([], seconds(status.started))])
    add(
      "fxwatch_store_up", "1 while the store accepts commits.",
      [([], flag(status.storeFailure == nil))])
    add(
      "fxwatch_state", "The overall state: 0 ok, 1 warning, 2 critical.",
      [([], "\(status.state.exitStatus)")])
    if let engine = status.engine { describeSources(engine) { add($0, $1, type: $2, $3) } }
    describeRates { add($0, $1, type: $2, $3) }
    return lines.map { $0 + "\n" }.joined() + (isOpen ? "# EOF\n" : "")
  }

  private typealias Add = (
    String, String, String, [(labels: [(String, String)], value: String)]
  ) -> Void

  /// Adds the metrics of sources.
  private func describeSources(_ engine: EngineSnapshot, _ add: Add) {
    func perSource(_ value: (EngineSnapshot.Source) -> String?) -> [(
      labels: [(String, String)], value: String
    )] {
      engine.sources.compactMap { source in
        value(source).map { ([("source", source.name.text)], $0) }
      }
    }
    add(
      "fxwatch_series", "The series that are watched.", "gauge", perSource { "\($0.seriesCount)" })
    add(
      "fxwatch_source_up", "1 if the last poll could be read; absent before the first.", "gauge",
      perSource { $0.state == .new ? nil : $0.state == .failing ? "0" : "1" })
    add(
      "fxwatch_source_stale", "1 while a publication is overdue by the source's calendar.", "gauge",
      perSource { $0.state == .late ? "1" : "0" })
    add(
      "fxwatch_source_failures", "The failed polls since the last one that could be read.", "gauge",
      perSource { "\($0.failures)" })
    add(
      "fxwatch_source_last_success_timestamp_seconds",
      "When the source was last read, in seconds since 1970.", "gauge",
      perSource { $0.lastSuccess.map(seconds) })
    add(
      "fxwatch_source_first_seen_timestamp_seconds",
      "When the latest publication was first seen, in seconds since 1970.", "gauge",
      perSource { $0.latestPublication.map(seconds) })
    add(
      "fxwatch_source_value_date_timestamp_seconds",
      "The value date of the latest publication, in seconds since 1970.", "gauge",
      perSource { $0.latestValueDate.map { seconds($0.start) } })
    add(
      "fxwatch_source_next_poll_timestamp_seconds", "When the source is polled next.", "gauge",
      perSource { $0.nextPoll.map(seconds) })
    describeNotifiers(engine, add)
  }

  /// Adds the metrics of alerts and notifiers.
  private func describeNotifiers(_ engine: EngineSnapshot, _ add: Add) {
    add(
      "fxwatch_alerts", "The alerts that fire, by state.", "gauge",
      EngineSnapshot.Alert.State.allCases.map { state in
        ([("state", state.rawValue)], "\(engine.alerts.count { $0.state == state })")
      })
    add(
      "fxwatch_alerts_firing", "All alerts that fire.", "gauge", [([], "\(engine.firingCount)")])
    func perNotifier(
      _ value: (EngineSnapshot.Notifier) -> String
    ) -> [(labels: [(String, String)], value: String)] {
      engine.notifiers.map { ([("notifier", $0.name)], value($0)) }
    }
    add(
      "fxwatch_deliveries_waiting", "The deliveries that wait.", "gauge",
      perNotifier { "\($0.waitingCount)" })
    add(
      "fxwatch_notifier_up", "1 unless the last delivery failed or the notifier is disabled.",
      "gauge", perNotifier { $0.state == .ok ? "1" : "0" })
  }

  /// Adds the latest rates with their days and first fetches.
  private func describeRates(_ add: Add) {
    func perSeries(_ value: (SeriesPoint) -> String?) -> [(
      labels: [(String, String)], value: String
    )] {
      rates.compactMap { rate in
        value(rate.point).map { text in
          // The first label is the name of the metric.
          (Array(PrometheusSelector.labels(of: rate.series).dropFirst()), text)
        }
      }
    }
    add(
      PrometheusSelector.metric, "The latest published rate of one unit.", "gauge",
      perSeries { $0.rate.perUnitText })
    add(
      "fxwatch_rate_value_date_timestamp_seconds", "Its value date, in seconds since 1970.",
      "gauge",
      perSeries { $0.valueDate.map { seconds($0.start) } })
    add(
      "fxwatch_rate_first_seen_timestamp_seconds", "When it was first seen, in seconds since 1970.",
      "gauge", perSeries { seconds($0.firstSeen) })
  }

  private func seconds(_ instant: Timestamp) -> String {
    let milliseconds = instant.milliseconds
    let rest = abs(milliseconds % 1000)
    let digits = "\(rest)"
    return "\(milliseconds / 1000)"
      + (rest == 0 ? "" : "." + String(repeating: "0", count: 3 - digits.count) + digits)
  }

  /// Returns a text as the value of a label.
  static func escaped(_ text: String) -> String {
    SanitizedText.line(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }
}
