import FXCore
import FXHTTP
package import FXSources
import FXSystem

/// Fetches or reads sources once, for `fxwatch poll`: nothing is stored.
package struct Poller: Sendable {
  private let clock = SystemClock()

  /// A poller.
  package init() {}

  /// The sources of those names; without names, all of the config.
  package func definitions(
    of names: [String], in setup: Setup?
  ) throws(CommandFailure) -> [SourceDefinition] {
    if names.isEmpty { return setup?.sources ?? [] }
    var definitions: [SourceDefinition] = []
    for name in names { definitions.append(try definition(of: name, in: setup)) }
    return definitions
  }

  /// The source of that name in the config, or the preset of that name with its own settings.
  private func definition(
    of name: String, in setup: Setup?
  ) throws(CommandFailure) -> SourceDefinition {
    if let known = setup?.sources.first(where: { $0.name.text == name }) { return known }
    let mark = SettingsMark(file: "preset", line: 1, column: 1)
    let node = SettingsNode(
      .map([
        SettingsEntry(
          key: "preset", keyMark: mark,
          node: SettingsNode(.scalar(name, isQuoted: false), at: mark))
      ]), at: mark)
    let section = SettingsSection(node, path: ["sources", name], problems: SettingsProblems())
    if PresetCatalog.preset(named: name) != nil,
      let preset = SourceDefinition.read(name: SourceName(name), from: section)
    {
      return preset
    }
    let names = (setup?.sources.map(\.name.text) ?? []) + PresetCatalog.all.map(\.name)
    throw CommandFailure.failed(
      "there is no source and no preset '\(name)'; expected one of "
        + Set(names).sorted().joined(separator: ", ")
        + NearestName.suggestion(for: name, among: names))
  }

  /// Fetches sources, each as the daemon would; a source that fails is a sentence.
  package func poll(_ definitions: [SourceDefinition]) async -> [Result<Polled, CommandFailure>] {
    let lane = Lane(label: "network")
    let transport = CurlTransport(lane: lane, userAgent: Version.userAgent)
    let fetcher = Fetcher(lane: lane, transport: transport)
    await fetcher.use(definitions)
    let clock = clock
    let results = await withTaskGroup(
      of: (Int, Result<Polled, CommandFailure>).self,
      returning: [Result<Polled, CommandFailure>].self
    ) { group in
      for (index, definition) in definitions.enumerated() {
        group.addTask {
          let outcome = await fetcher.fetch(.init(source: definition.name, validators: nil))
          guard case .read(let reading, _, _) = outcome else {
            var reason = "the source says nothing new"
            if case .failed(let because, _) = outcome { reason = because }
            if case .unreachable(let because) = outcome { reason = because }
            return (index, .failure(CommandFailure.failed("\(definition.name): \(reason)")))
          }
          let polled = Polled(definition: definition, reading: reading, fetchedAt: clock.now())
          return (index, .success(polled))
        }
      }
      var collected: [Int: Result<Polled, CommandFailure>] = [:]
      for await (index, result) in group { collected[index] = result }
      return definitions.indices.compactMap { collected[$0] }
    }
    await transport.shutdown()
    return results
  }

  /// Reads a saved body with a source's reader; `file` names it in the error.
  package func read(
    _ body: [UInt8], from file: String, as definition: SourceDefinition
  ) throws(CommandFailure) -> Polled {
    do throws(ParseError) {
      let reading = try definition.read(body, contentType: nil)
      return Polled(definition: definition, reading: reading, fetchedAt: clock.now())
    } catch {
      throw CommandFailure.failed("\(file), read as \(definition.name): \(error.message)")
    }
  }
}
