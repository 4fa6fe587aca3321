import FXConfig
import FXCore
package import FXDaemon
import FXHTTP
package import FXSources
import FXSystem

/// Fetches or reads sources once, for `fxwatch poll`; stores nothing.
package struct Poller: Sendable {
  private let network: Network
  private let clock = SystemClock()
  private let secrets: FileSecrets
  private let readers = BodyReaders(keepsSpare: false)

  /// A poller for the sources of a config; throws where the process has no descriptor left for a
  /// transfer.
  package init(environment: [String: String], _ setup: Setup?) throws(CommandFailure) {
    network = try Network()
    secrets = FileSecrets(
      environment: environment, folder: setup.map { ConfigFile.folder(of: $0.file) } ?? "")
  }

  /// Returns the sources of these names; without names, all of the config.
  package func definitions(
    of names: [String], in setup: Setup?
  ) throws(CommandFailure) -> [SourceDefinition] {
    if names.isEmpty { return setup?.sources ?? [] }
    var definitions: [SourceDefinition] = []
    for name in names { definitions.append(try definition(of: name, in: setup)) }
    return definitions
  }

  /// Returns the source of a name in the config, or the preset of the name with its own settings.
  private func definition(
    of name: String, in setup: Setup?
  ) throws(CommandFailure) -> SourceDefinition {
    if let known = setup?.sources.first(where: { $0.name.text == name }) { return known }
    if let preset = SourceDefinition.preset(named: name) { return preset }
    let names = (setup?.sources.map(\.name.text) ?? []) + PresetCatalog.all.map(\.name)
    throw CommandFailure.failed(
      "unknown source or preset '\(name)'; expected one of "
        + Set(names).sorted().joined(separator: ", ")
        + NearestName.suggestion(for: name, among: names))
  }

  /// Fetches sources as the daemon does; one result per source.
  package func poll(_ definitions: [SourceDefinition]) async -> [Result<Polled, CommandFailure>] {
    let fetcher = Fetcher(
      lane: network.lane, transport: network.transport, zones: SystemZones(), secrets: secrets,
      readers: readers)
    await fetcher.use(definitions)
    let clock = clock
    let results = await withTaskGroup(
      of: (Int, Result<Polled, CommandFailure>).self,
      returning: [Result<Polled, CommandFailure>].self
    ) { group in
      for (index, definition) in definitions.enumerated() {
        group.addTask {
          if let failure = Self.failureWithoutKey(definition) { return (index, .failure(failure)) }
          let outcome = await fetcher.fetch(.init(source: definition.name, validators: nil)).last
          guard case .read(let reading, _, _) = outcome else {
            var reason = "the source has nothing new"
            if case .failed(let because, _) = outcome { reason = because }
            if case .unreachable(let because) = outcome { reason = because }
            return (index, .failure(CommandFailure.failed("\(definition.name): \(reason)")))
          }
          do throws(ParseError) {
            return (
              index,
              .success(
                try Polled(definition: definition, reading: reading, fetchedAt: clock.now()))
            )
          } catch {
            return (index, .failure(.failed("\(definition.name): \(error.message)")))
          }
        }
      }
      var collected: [Int: Result<Polled, CommandFailure>] = [:]
      for await (index, result) in group { collected[index] = result }
      return definitions.indices.compactMap { collected[$0] }
    }
    await network.transport.shutdown()
    return results
  }

  /// Returns the failure of a preset that needs a key; nil for any other source.
  private static func failureWithoutKey(_ definition: SourceDefinition) -> CommandFailure? {
    guard definition.lacksKey else { return nil }
    return .failed(
      "\(definition.name): it needs a key of your own; add it to the config as"
        + " '\(definition.name): {preset: \(definition.name), key: {credential: NAME}}'")
  }

  /// Returns the bytes of a saved body, at most as many as the daemon reads of one; `-` is standard
  /// input.
  package func body(
    of file: String, as definition: SourceDefinition
  ) throws(CommandFailure) -> [UInt8] {
    try Self.body(of: file, limit: definition.maximumBytes)
  }

  /// Returns the bytes of a saved body of a page that is not described.
  package static func body(
    of file: String, limit: Int = BodyLimits.maximumBytes
  ) throws(CommandFailure) -> [UInt8] {
    do throws(InputFileProblem) {
      return try InputFile.read(file, limit: limit)
    } catch {
      throw .failed(error.message)
    }
  }

  /// Reads a saved body with a source's reader; `file` is its name in the error.
  package func read(
    _ body: [UInt8], from file: String, as definition: SourceDefinition
  ) async throws(CommandFailure) -> Polled {
    do throws(ParseError) {
      let reading = try await reading(
        of: body, as: definition, definition.redaction(secrets))
      return try Polled(definition: definition, reading: reading, fetchedAt: clock.now())
    } catch {
      throw CommandFailure.failed("\(file), read as \(definition.name): \(error.message)")
    }
  }

  /// Returns the place of each rate in a saved body; `file` is its name in the error.
  package func explain(
    _ body: [UInt8], from file: String, as definition: SourceDefinition
  ) async throws(CommandFailure) -> Explained {
    do throws(ParseError) {
      // The places are found in this process, of a body that was read within the limits.
      let reading = try await reading(of: body, as: definition, definition.redaction(secrets))
      return Explained(
        definition: definition, notes: SetAsideNotes.lines(reading.setAside, of: definition.name),
        origins: try definition.origins(
          in: body, contentType: nil, redaction: definition.redaction(secrets)))
    } catch {
      throw CommandFailure.failed("\(file), read as \(definition.name): \(error.message)")
    }
  }

  /// Reads a body within the limits of the daemon, without the secrets of the request.
  private func reading(
    of body: [UInt8], contentType: String? = nil, as definition: SourceDefinition,
    _ redaction: Redaction
  ) async throws(ParseError) -> SourceReading {
    do throws(ParseError) {
      return try await readers.read(
        body, contentType: contentType, as: definition, after: nil
      ).newest.redacted(by: redaction)
    } catch {
      throw error.redacted(by: redaction)
    }
  }

  /// Fetches sources and returns the place of each rate in their bodies; one result per source.
  package func explain(
    _ definitions: [SourceDefinition]
  ) async -> [Result<Explained, CommandFailure>] {
    var results: [Result<Explained, CommandFailure>] = []
    for definition in definitions {
      results.append(await explain(definition))
    }
    await network.transport.shutdown()
    return results
  }

  private func explain(
    _ definition: SourceDefinition
  ) async -> Result<Explained, CommandFailure> {
    if let failure = Self.failureWithoutKey(definition) { return .failure(failure) }
    guard !definition.hasSeveralRequests else {
      return .failure(
        .failed(
          "\(definition.name): --explain shows one response, and this source has several requests;"
            + " save one of them and use --file"))
    }
    do {
      let request = try definition.request(
        at: clock.now(), zones: SystemZones(), secrets: secrets)
      let response = try await network.transport.send(request)
      guard response.status == 200 else {
        return .failure(.failed("\(definition.name): the server answered HTTP \(response.status)"))
      }
      let reading = try await reading(
        of: response.body, contentType: response.header("Content-Type"), as: definition,
        request.redaction)
      let origins = try definition.origins(
        in: response.body, contentType: response.header("Content-Type"),
        redaction: request.redaction)
      return .success(
        Explained(
          definition: definition, notes: SetAsideNotes.lines(reading.setAside, of: definition.name),
          origins: origins))
    } catch let problem as SecretProblem {
      return .failure(.failed("\(definition.name): \(problem.message)"))
    } catch let failure as HTTPFailure {
      return .failure(.failed("\(definition.name): \(failure.sentence)"))
    } catch {
      return .failure(.failed("\(definition.name): \(error)"))
    }
  }
}
