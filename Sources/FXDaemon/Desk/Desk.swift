package import FXConfig
package import FXCore
import FXHTTP
import FXNotifiers
import FXSources
package import FXStore
import FXSystem

/// What commands work with: the config, the history, and one-shot transfers. Beside the daemon, not
/// in it: nothing here writes to the state directory.
package struct Desk: Sendable {
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
  ) throws(ConfigProblems) {
    transport = CurlTransport(lane: Lane(label: "network"), userAgent: Version.userAgent)
    let output = LineOutput()
    setup = try Setup.read(
      file: file,
      in: .init(
        environment: environment,
        notifiers: NotifierContext(
          secrets: FileSecrets(environment: environment), transport: transport,
          output: { bytes throws(SystemError) in try output.write(bytes) },
          journal: { fields throws(SystemError) in try Journal.send(fields) },
          secretsMayBeMissing: secretsMayBeMissing)))
  }

  /// The history as stored so far.
  package func history() throws(StoreProblem) -> HistoryReader {
    try HistoryReader(path: DatabaseFile.path(inStateDirectory: setup.stateDirectory))
  }

  /// The latest rates.
  package func rates() throws(StoreProblem) -> Report {
    .rates(try history().latest(), setup: setup, now: clock.now())
  }

  /// Sends a real `test.ping` through one notifier; throws a sentence when there is none of that
  /// name.
  package func ping(notifier name: String) async throws(DeskProblem) -> Ping {
    guard let definition = setup.notifiers.first(where: { $0.name == name }) else {
      let names = setup.notifiers.map(\.name)
      throw DeskProblem(
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

/// Why a command could not do what it was asked: a sentence.
package struct DeskProblem: Error, Hashable, Sendable {
  package let message: String

  /// A problem in the words of `message`.
  package init(_ message: String) { self.message = message }
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
