import ArgumentParser
import FXCommands
import FXDaemon
import Foundation

/// The command `fxwatch poll`.
struct PollCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "poll",
    abstract: "Fetches sources now and prints their rates; stores nothing.",
    discussion: """
      Without names, fetches all sources of the config. A name is that of a source of the config or \
      of a preset. With --file, reads a saved body with that source's reader instead. Rows that are \
      set aside are named on standard error.

      The address of a page that is not in the config is described first: its format and columns are \
      found out, and the source that the config would need is printed on standard error, or added to \
      the config with --write.
      """)

  @Argument(
    help: ArgumentHelp("The sources to fetch, or the address of one page.", valueName: "source"),
    completion: .custom(CompletionWords.polled))
  var sources: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp("A saved body to read; - for standard input.", valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(name: .long, help: "Show the printed texts from which each rate was read.")
  var explain = false

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The other currency of the rates of an address, where the page does not print it. Default: that of"
        + " the address's country.", valueName: "code"))
  var against: String?

  @Flag(name: .long, help: "Add the source of an address to the config.")
  var write = false

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    if let address = sources.first(where: { $0.contains("://") }) {
      guard sources.count == 1 else {
        throw CommandFailure.usage("an address is polled alone; give one, and no source beside it")
      }
      return try await describe(address)
    }
    guard against == nil, !write else {
      throw CommandFailure.usage("--against and --write are for an address")
    }
    let setup = try self.setup()
    let poller = try Poller(environment: ProcessInfo.processInfo.environment, setup)
    let definitions = try poller.definitions(of: sources, in: setup)
    if let file {
      guard definitions.count == 1 else {
        throw CommandFailure.usage(
          "--file: give exactly one source, whose reader reads \(file)")
      }
      let body = try poller.body(of: file, as: definitions[0])
      if explain {
        let explained = try await poller.explain(body, from: file, as: definitions[0])
        format.show(.explained([explained]))
        return show(explained.notes)
      }
      let polled = try await poller.read(body, from: file, as: definitions[0])
      format.show(.polled([polled]))
      return show(polled.notes)
    }
    if explain {
      let results = await poller.explain(definitions)
      try show(results, results.flatMap { (try? $0.get().notes) ?? [] }) { .explained($0) }
    } else {
      let results = await poller.poll(definitions)
      try show(results, results.flatMap { (try? $0.get().notes) ?? [] }) { .polled($0) }
    }
  }

  /// Finds out how a page is read, and prints its rates and the source that a config would need.
  private func describe(_ address: String) async throws {
    guard !explain else {
      throw CommandFailure.usage(
        "--explain needs a source; add the address with --write and use the source's name")
    }
    let describer = try PageDescriber(address: address, home: against)
    let description =
      if let file {
        try await describer.describe(try Poller.body(of: file), from: file)
      } else {
        try await describer.describe()
      }
    format.show(.polled([description.polled]))
    show(description.polled.notes + description.assumptions)
    let added = AddedEntry(description.entry, to: "sources")
    guard write else {
      return Console.error("the config needs this (--write adds it):\n\(added.snippet)")
    }
    Console.error(
      try added.add(to: config.file, environment: ProcessInfo.processInfo.environment))
  }

  private func show(_ notes: [String]) {
    for note in notes { Console.error(note) }
  }

  /// Prints the results and the notes on them, then throws the failures.
  private func show<Read>(
    _ results: [Result<Read, CommandFailure>], _ notes: [String], as report: ([Read]) -> Report
  ) throws {
    let read = results.compactMap { try? $0.get() }
    if !read.isEmpty || results.isEmpty || format.format != .table { format.show(report(read)) }
    show(notes)
    let problems = results.compactMap { result -> String? in
      if case .failure(let failure) = result { failure.message } else { nil }
    }
    if !problems.isEmpty { throw CommandFailure.failed(problems.joined(separator: "\n")) }
  }

  /// Returns the config; nil where none exists and sources are named, which may be presets.
  private func setup() throws -> Setup? {
    if !config.isNamed, !sources.isEmpty, !FileManager.default.fileExists(atPath: config.file) {
      return nil
    }
    return try config.context(readsSavedBodies: file != nil).setup
  }
}
