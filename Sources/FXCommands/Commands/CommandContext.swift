import FXConfig
package import FXCore
package import FXDaemon
import FXHTTP
import FXNotifiers
import FXSources
import FXSystem

/// What commands work with: the config, the history, and one-shot transfers.
///
/// Beside the daemon, not in it: nothing here writes to the state directory.
package struct CommandContext: Sendable {
  /// The config, read and checked.
  package let setup: Setup

  private let transport: CurlTransport
  private let clock = SystemClock()

  /// Reads the config; throws everything wrong with it.
  ///
  /// `secretsMayBeMissing` says that notifiers whose secrets cannot be read here are left out with a
  /// warning: a unit's credentials are there only for the unit.
  package init(
    file: String, environment: [String: String], secretsMayBeMissing: Bool = true
  ) throws(CommandFailure) {
    transport = try Network().transport
    let context = LocalOutputs().context(
      environment: environment, transport: transport, secretsMayBeMissing: secretsMayBeMissing)
    do throws(ConfigProblems) {
      setup = try Setup.read(file: file, in: .init(environment: environment, notifiers: context))
    } catch {
      throw .badConfig(error.description)
    }
  }

  /// The latest rate of every series.
  package func rates() throws(CommandFailure) -> Report {
    .rates(
      try stored { reader throws(StoreProblem) in try reader.latestRates() },
      recent: try stored { reader throws(StoreProblem) in
        try reader.recentRates(Self.sparklineLength)
      },
      setup: setup, now: clock.now())
  }

  /// What sources printed for a pair; nil leaves a bound open.
  ///
  /// Unless `allVersions`, only the newest figure of each value date.
  package func history(
    of pair: CurrencyPair, source: String?, since: CalendarDay?, until: CalendarDay?,
    asOf: Timestamp?, allVersions: Bool
  ) throws(CommandFailure) -> Report {
    var query = HistoryQuery(pair: pair)
    query.source = source.map { SourceName($0) }
    query.since = since
    query.until = until
    query.asOf = asOf
    query.allVersions = allVersions
    let question = query
    return .history(
      try stored { reader throws(StoreProblem) in try reader.history(question) })
  }

  /// What fires now, or all that ever fired.
  package func alerts(all: Bool) throws(CommandFailure) -> Report {
    let now = clock.now()
    return .alerts(
      all ? try stored { reader throws(StoreProblem) in try reader.alerts(all: true) } : nil,
      standing: try stored { reader throws(StoreProblem) in try reader.activeAlerts() },
      suppressions: try stored { reader throws(StoreProblem) in
        try reader.suppressions(at: now)
      }, rules: setup.rules, now: now)
  }

  /// Asks what is stored so far.
  func stored<Answer>(
    _ ask: (any HistoryReading) throws(StoreProblem) -> Answer
  ) throws(CommandFailure) -> Answer {
    do throws(StoreProblem) {
      return try ask(
        setup.store.openForReading())
    } catch {
      throw .failed(error.message)
    }
  }

  /// Sends a real `test.ping` through one notifier; throws a sentence when there is none of that
  /// name.
  package func ping(notifier name: String) async throws(CommandFailure) -> Ping {
    guard let definition = setup.notifiers.first(where: { $0.name == name }) else {
      let names = setup.notifiers.map(\.name)
      throw .failed(
        "there is no notifier '\(name)' in \(setup.file); "
          + (names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))")
          + NearestName.suggestion(for: name, among: names))
    }
    let now = clock.now()
    let id = "ping_\(now.milliseconds)"
    let notification = Notification(
      id: id, type: .testPing, timestamp: now,
      data: .object([
        .init("version", .integer(1)), .init("notifier", .string(name)),
        .init("severity", .string(Severity.info.rawValue)),
        .init("summary", .string("fxwatch reaches '\(name)'")),
      ]))
    let start = clock.monotonic()
    let outcome = await definition.notifier.deliver(
      Shipment(id: id, notifications: [notification], attemptedAt: now))
    return Ping(notifier: name, outcome: outcome, took: clock.monotonic() - start)
  }
}

/// How a `test.ping` ended.
package struct Ping: Sendable {
  let notifier: String
  let outcome: DeliveryOutcome
  let took: Duration

  /// Whether it arrived.
  package var arrived: Bool {
    if case .delivered = outcome { true } else { false }
  }

  /// What to tell.
  package var sentence: String {
    let took = "\(took.milliseconds) ms"
    return switch outcome {
    case .delivered(let detail): "\(notifier): delivered in \(took) (\(detail))"
    case .retry(let reason, _, _): "\(notifier): not delivered after \(took): \(reason)"
    case .refused(let reason): "\(notifier): cannot be delivered: \(reason)"
    case .gone: "\(notifier): the endpoint says it is gone (HTTP 410) after \(took)"
    }
  }
}
