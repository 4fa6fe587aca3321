import FXCore
import Foundation
import Support

/// An fxwatch of a test's own: a directory with its config and its state, and processes over them.
final class Installation: Sendable {
  /// The program under test, built beside these tests.
  static let program = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "fxwatch").path

  let scratch: Scratch

  /// The config file.
  let config: String

  /// An installation without a config.
  init() throws {
    scratch = try Scratch()
    config = scratch.file("fxwatch.yaml")
  }

  /// An installation with sources, rules and notifiers, each a name and its settings in one line.
  convenience init(
    sources: [(String, String)], rules: [(String, String)] = [], notifiers: [(String, String)] = []
  ) throws {
    try self.init()
    try configure(sources: sources, rules: rules, notifiers: notifiers)
  }

  /// Writes the config.
  func configure(
    sources: [(String, String)], rules: [(String, String)] = [], notifiers: [(String, String)] = []
  ) throws {
    func section(_ key: String, _ entries: [(String, String)]) -> String {
      entries.isEmpty ? "" : "\(key):\n" + entries.map { "  \($0): \($1)\n" }.joined()
    }
    try configure(
      section("sources", sources) + section("rules", rules) + section("notifiers", notifiers))
  }

  /// Writes the config, but for the state directory.
  func configure(_ text: String) throws {
    try scratch.write("state: \(scratch.file("state"))\n\(text)", to: "fxwatch.yaml")
  }

  /// The settings of a source that reads a ticker from this machine.
  static func ticker(_ url: String) -> String {
    "{preset: timesca, url: \"\(url)\", every: 1s, allow_private: true}"
  }

  /// The settings of a webhook on this machine.
  static func webhook(_ url: String) -> String { "{type: webhook, url: \"\(url)\"}" }

  /// Starts the daemon, and comes back once it watches.
  func daemon(environment: [String: String] = [:]) async throws -> ChildProcess {
    let process = try start("run", environment: environment)
    try await process.errors.wait(for: "the start of the daemon") { lines in
      lines.contains { $0.contains("is watching") }
    }
    return process
  }

  /// Starts a command with this installation's config.
  func start(
    _ arguments: String..., environment: [String: String] = [:], input: [UInt8] = []
  ) throws -> ChildProcess {
    try ChildProcess(
      Self.program, arguments + ["--config", config], environment: environment,
      directory: scratch.path, input: input)
  }

  /// Runs a command with this installation's config to its end.
  func command(_ arguments: String..., input: [UInt8] = []) async throws -> ChildProcess.Ending {
    try await command(arguments, input: input)
  }

  /// The same with a list of arguments.
  func command(
    _ arguments: [String], input: [UInt8] = []
  ) async throws -> ChildProcess.Ending {
    try await ChildProcess(
      Self.program, arguments + ["--config", config], directory: scratch.path, input: input
    ).ending()
  }

  /// The rows a command prints with `--format json`.
  func rows(_ arguments: String...) async throws -> [JSONValue] {
    let ending = try await ChildProcess(
      Self.program, arguments + ["--format", "json", "--config", config], directory: scratch.path
    ).ending()
    return try JSONReader.read(Array(ending.output.utf8)).elements ?? []
  }
}
