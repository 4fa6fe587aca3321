import FXConfig
import FXCore
package import FXDaemon
import FXHTTP
import FXNotifiers
import FXSources
import FXSystem

/// The context of commands that run beside the daemon: the config, the stored history and single
/// transfers.
///
/// Most commands only read. Replaying dead letters, silences, acknowledgements and imports write to the
/// store, each in its own transaction.
package struct CommandContext: Sendable {
  /// The config, read and checked.
  package let setup: Setup

  /// The reader of secrets.
  let secrets: FileSecrets

  private let transport: CurlTransport
  private let clock = SystemClock()

  /// Reads the config; throws all its problems.
  ///
  /// With `secretsMayBeMissing`, notifiers whose secrets cannot be read are left out with a warning:
  /// only the service itself can read a unit's credentials. With `readsSavedBodies`, sources need no
  /// secret.
  package init(
    file: String, environment: [String: String], secretsMayBeMissing: Bool = true,
    readsSavedBodies: Bool = false
  ) throws(CommandFailure) {
    transport = try Network().transport
    secrets = FileSecrets(environment: environment, folder: ConfigFile.folder(of: file))
    let context = LocalOutputs().context(
      environment: environment, file: file, transport: transport,
      secretsMayBeMissing: secretsMayBeMissing)
    do throws(ConfigProblems) {
      setup = try Setup.read(
        file: file,
        in: .init(
          environment: environment, notifiers: context, readsSavedBodies: readsSavedBodies))
    } catch {
      throw .badConfig(error)
    }
  }

  /// A context of a config that is read already, such as that of the running daemon.
  package init(_ setup: Setup, environment: [String: String]) throws(CommandFailure) {
    self.setup = setup
    secrets = FileSecrets(environment: environment, folder: ConfigFile.folder(of: setup.file))
    transport = try Network().transport
  }

  /// Lists the latest rate of every series.
  package func rates() throws(CommandFailure) -> Report {
    .rates(
      try stored { reader throws(StoreProblem) in try reader.latestRates() },
      recent: try stored { reader throws(StoreProblem) in
        try reader.recentRates(Self.sparklineLength)
      },
      setup: setup, now: clock.now())
  }

  /// Lists the published rates of a pair.
  package func history(_ options: HistoryOptions) throws(CommandFailure) -> Report {
    let query = options.query
    return .history(try stored { reader throws(StoreProblem) in try reader.history(query) })
  }

  /// Lists the alerts that fire, or all alerts ever.
  package func alerts(all: Bool) throws(CommandFailure) -> Report {
    let now = clock.now()
    return .alerts(
      all ? try stored { reader throws(StoreProblem) in try reader.alerts(all: true) } : nil,
      standing: try stored { reader throws(StoreProblem) in try reader.activeAlerts() },
      suppressions: try stored { reader throws(StoreProblem) in
        try reader.suppressions(at: now)
      }, rules: setup.rules, now: now)
  }

  /// Reads from the store.
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

  /// Sends a real `test.ping` through one notifier; throws where the config has none of that name.
  package func ping(notifier name: String) async throws(CommandFailure) -> Ping {
    let definition = try notifier(named: name)
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
