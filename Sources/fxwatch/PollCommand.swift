import ArgumentParser
import Foundation
import FXDaemon
import FXSources

/// `fxwatch poll`
struct PollCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "poll",
    abstract: "Fetches and parses now, and prints what was understood. Stores nothing.",
    discussion: """
      Without names, every source of the config is asked. A name is that of a source in the config \
      or of a preset. With --file, a saved body is read with that source's reader instead.
      """)

  @Argument(help: ArgumentHelp("The sources to ask.", valueName: "source"))
  var sources: [String] = []

  @Option(name: .long, help: ArgumentHelp("A saved body to read; - for standard input.", valueName: "file"))
  var file: String?

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    let setup = try self.setup()
    let poller = Poller()
    do {
      let names = sources.isEmpty ? setup?.sources.map(\.name.text) ?? [] : sources
      let definitions = try names.map { try poller.definition(of: $0, in: setup) }
      if let file { return try read(file, as: definitions, by: poller) }
      try await poll(definitions, by: poller)
    } catch let problem as DeskProblem {
      throw Failure.failed(problem.message)
    }
  }

  /// The config; not needed where every name is a preset's.
  private func setup() throws -> Setup? {
    if config.config == nil, !sources.isEmpty, !FileManager.default.fileExists(atPath: config.file) {
      return nil
    }
    return try config.desk().setup
  }

  private func read(_ file: String, as definitions: [SourceDefinition], by poller: Poller) throws {
    guard definitions.count == 1 else {
      throw Failure.usage("with --file, name the one source whose reader should read \(file)")
    }
    let body: Data
    do {
      body =
        try file == "-"
        ? FileHandle.standardInput.readToEnd() ?? Data() : Data(contentsOf: URL(filePath: file))
    } catch {
      throw Failure.failed("\(file) cannot be read: \(error.localizedDescription)")
    }
    format.show(.polled([try poller.read(Array(body), from: file, as: definitions[0])]))
  }

  private func poll(_ definitions: [SourceDefinition], by poller: Poller) async throws {
    let results = await poller.poll(definitions)
    format.show(.polled(results.compactMap { try? $0.get() }))
    let problems = results.compactMap { result -> String? in
      if case .failure(let problem) = result { problem.message } else { nil }
    }
    if !problems.isEmpty { throw Failure.failed(problems.joined(separator: "\n")) }
  }
}
