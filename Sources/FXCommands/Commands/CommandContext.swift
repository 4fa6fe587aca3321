import FXConfig
package import FXCore
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

  /// The environment of the process.
  let environment: [String: String]

  /// True if the config could not be used: sources, rules and notifiers are unknown then.
  let isConfigInvalid: Bool

  private let transport: CurlTransport
  private let clock = SystemClock()

  /// Reads the config; throws all its problems.
  ///
  /// Notifiers whose secrets cannot be read are left out with a warning: only the service itself can
  /// read a unit's credentials. With `readsSavedBodies`, sources need no secret.
  package init(
    file: String, environment: [String: String], readsSavedBodies: Bool = false
  ) throws(CommandFailure) {
    isConfigInvalid = false
    self.environment = environment
    transport = try Network().transport
    secrets = FileSecrets(environment: environment, folder: ConfigFile.folder(of: file))
    let context = LocalOutputs().context(
      environment: environment, file: file, transport: transport, secretsMayBeMissing: true)
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
    isConfigInvalid = false
    self.environment = environment
    secrets = FileSecrets(environment: environment, folder: ConfigFile.folder(of: setup.file))
    transport = try Network().transport
  }

  /// The context of a config that cannot be used, for commands that need only the state directory; nil
  /// where no daemon has run with that directory.
  package init?(ofInvalidFile file: String, environment: [String: String]) throws(CommandFailure) {
    isConfigInvalid = true
    self.environment = environment
    transport = try Network().transport
    secrets = FileSecrets(environment: environment, folder: ConfigFile.folder(of: file))
    setup = Setup.empty(ofInvalidFile: file, in: environment)
    do throws(StoreProblem) { _ = try setup.store.openForReading() } catch { return nil }
  }

  /// Sends a request.
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    try await transport.send(request)
  }

  /// Lists the latest rate of every series, or of the pairs and sources that match.
  package func rates(
    pairs: [String] = [], sources: [String] = []
  ) throws(CommandFailure) -> Report {
    let patterns = try pairs.map { text throws(CommandFailure) in
      guard let pattern = PairPattern(text.uppercased()) else {
        throw .usage(
          "--pair: \(text.quoted) is not a currency pair; write it as EUR/USD or */USD")
      }
      return pattern
    }
    let all = try stored { reader throws(StoreProblem) in try reader.latestRates() }
    for source in sources { try requireSource(source, among: all.map(\.series)) }
    return .rates(
      all.filter { rate in
        (patterns.isEmpty || patterns.contains { $0.matches(rate.series.pair) })
          && (sources.isEmpty || sources.contains(rate.series.source.text))
      },
      recent: try stored { reader throws(StoreProblem) in
        try reader.recentRates(Self.sparklineLength)
      },
      setup: setup, now: clock.now())
  }

  /// Lists the published rates of a pair.
  package func history(_ options: HistoryOptions) throws(CommandFailure) -> Report {
    .history(try rows(of: options))
  }

  /// Returns the published rates of a pair.
  package func rows(of options: HistoryOptions) throws(CommandFailure) -> [HistoryRow] {
    let query = options.query
    let rows = try stored { reader throws(StoreProblem) in try reader.history(query) }
    if rows.isEmpty { try requireSeries(of: options) }
    return options.chosen(of: rows)
  }

  /// Throws a sentence that names what is stored where a pair or source is not.
  private func requireSeries(of options: HistoryOptions) throws(CommandFailure) {
    let series = try stored { reader throws(StoreProblem) in try reader.latestRates() }
      .map(\.series)
    guard !series.isEmpty else { return }
    if let source = options.source { try requireSource(source, among: series) }
    let pair = options.pair
    let offered = series.filter { options.source == nil || $0.source.text == options.source }
    guard !offered.contains(where: { $0.pair == pair }) else { return }
    let inverse = CurrencyPair("\(pair.quote.code)/\(pair.base.code)")
    if let inverse, offered.contains(where: { $0.pair == inverse }) {
      throw .failed("no rate of \(pair) is stored, but of its inverse; ask for \(inverse)")
    }
    let names = Set(offered.map { "\($0.pair)" }).sorted()
    let similar = names.filter { $0.contains(pair.base.code) || $0.contains(pair.quote.code) }
    let listed = (similar.isEmpty ? names : similar).prefix(12)
    throw .failed(
      "no rate of \(pair) is stored; stored are \(listed.joined(separator: ", "))"
        + (names.count > listed.count ? " and others, see 'fxwatch rates'" : ""))
  }

  /// Throws a sentence with the known sources where a name is not one of them.
  func requireSource(
    _ name: String, among series: [Series]
  ) throws(CommandFailure) {
    let names = Set(series.map(\.source.text)).union(setup.sources.map(\.name.text)).sorted()
    guard !names.contains(name) else { return }
    throw .failed(
      "unknown source '\(name)'; known are \(names.joined(separator: ", "))"
        + NearestName.suggestion(for: name, among: names))
  }

  /// Lists the alerts that fire, or all alerts ever, of these `limit` at most, those that fired last.
  ///
  /// Throws where neither the config nor a stored alert has the selection's rule or source.
  package func alerts(
    all: Bool, limit: Int = .max, of selection: AlertSelection = AlertSelection()
  ) throws(CommandFailure) -> Report {
    let now = clock.now()
    try requireNames(rule: selection.rule, source: selection.source)
    let records =
      all
      ? try stored { reader throws(StoreProblem) in
        try reader.latestAlerts(of: nil, limit: limit)
      } : nil
    return .alerts(
      records.map(selection.selected),
      standing: selection.selected(
        try stored { reader throws(StoreProblem) in try reader.activeAlerts() }),
      suppressions: try stored { reader throws(StoreProblem) in
        try reader.suppressions(at: now)
      }, rules: setup.rules, now: now)
  }

  /// Returns a line for each source that cannot be read or whose publication is overdue.
  package func sourcesInTrouble() throws(CommandFailure) -> [String] {
    let states = try stored { reader throws(StoreProblem) in try reader.sources() }
    return setup.sources.compactMap { source in
      guard let state = states[source.name] else { return nil }
      if let since = state.downSince ?? state.failingSince, let failure = state.lastFailure {
        return "source \(source.name.text) fails since \(since): \(failure)"
      }
      return state.staleSince.map { "source \(source.name.text) is stale since \($0)" }
    }
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

  /// Returns a notifier of the config; throws where it has none of that name, or its secrets cannot be
  /// read.
  func usableNotifier(named name: String) throws(CommandFailure) -> NotifierDefinition {
    if let problem = setup.warnings.first(where: {
      $0.path == "notifiers.\(name)" || $0.path.hasPrefix("notifiers.\(name).")
    }),
      !setup.notifiers.contains(where: { $0.name == name }), setup.notifierNames.contains(name)
    {
      throw .unusable(problem.description)
    }
    return try notifier(named: name)
  }

  /// Sends a real `test.ping` through one notifier; throws where the config has none of that name.
  package func ping(notifier name: String) async throws(CommandFailure) -> Ping {
    let definition = try usableNotifier(named: name)
    let now = clock.now()
    let notification = Ping.notification(to: name, at: now)
    let start = clock.monotonic()
    let outcome = await definition.notifier.deliver(
      Shipment(id: notification.id, notifications: [notification], attemptedAt: now))
    return Ping(notifier: name, outcome: outcome, took: clock.monotonic() - start)
  }
}
