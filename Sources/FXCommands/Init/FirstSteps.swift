package import FXCore
package import FXDaemon
import FXSources

/// Writes a first config and tries it, for `fxwatch init`.
package struct FirstSteps: Sendable {
  private let file: String
  private let environment: [String: String]

  /// The file that is written.
  package let writer: ConfigWriter

  /// The first steps with a config file, which must not exist.
  package init(file: String, environment: [String: String]) throws(CommandFailure) {
    self.file = file
    self.environment = environment
    writer = ConfigWriter(file: file, environment: environment)
    guard !writer.exists else {
      throw .failed(
        "\(file) exists; extend it with 'fxwatch add', or name another file with --config")
    }
  }

  /// Writes the config.
  package func write(_ config: FirstConfig) throws(CommandFailure) {
    _ = try writer.replace(by: config.text)
  }

  /// Fetches the sources once; returns a line for each pair, and for each source that could not be read.
  package func poll(_ pairs: [CurrencyPair]) async throws(CommandFailure) -> [String] {
    let context = try CommandContext(file: file, environment: environment)
    let poller = try Poller(environment: environment, context.setup)
    var lines: [String] = []
    var missing = Set(pairs)
    for result in await poller.poll(context.setup.sources) {
      switch result {
      case .failure(let failure): lines.append("  \(failure.message)")
      case .success(let polled):
        for observation in polled.reading.observations where pairs.contains(observation.pair) {
          missing.remove(observation.pair)
          lines.append(
            "  \(polled.definition.name) prints \(observation.pair) \(observation.rate.perUnitText)"
          )
        }
      }
    }
    return lines + missing.sorted().map { "  no source has printed \($0)" }
  }

  /// Sends a test through each notifier; returns a line for each.
  package func test() async throws(CommandFailure) -> [String] {
    let context = try CommandContext(file: file, environment: environment)
    var lines: [String] = []
    for name in context.notifierNames {
      lines.append("  \(try await context.ping(notifier: name).sentence)")
    }
    return lines
  }
}
