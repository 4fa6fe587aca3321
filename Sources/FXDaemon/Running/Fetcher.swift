package import FXCore
package import FXSources
package import FXSystem

/// Polls sources: one conditional GET each, and the reading of its body.
///
/// Isolated to the network lane; bodies are read by others, so that a large page delays no transfer.
package actor Fetcher {
  private nonisolated let lane: SocketLane
  private let readers: BodyReaders
  private let transport: any HTTPTransport
  private let zones: any Zones
  private let secrets: any Secrets
  private var definitions: [SourceName: SourceDefinition] = [:]

  /// The last bodies that were read: where a publisher sends no validators, the same bytes are not read
  /// twice.
  private var bodies = KnownBodies()

  private var conditional = ConditionalRequests()

  /// Waits between the requests of one poll.
  private let pauses = Pauses()

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A fetcher without sources.
  package init(
    lane: SocketLane, transport: any HTTPTransport, zones: any Zones, secrets: any Secrets,
    readers: BodyReaders
  ) {
    self.lane = lane
    self.transport = transport
    self.zones = zones
    self.secrets = secrets
    self.readers = readers
  }

  /// Replaces the sources.
  ///
  /// The next body of a source whose definition has changed is read even if it is the same.
  package func use(_ sources: [SourceDefinition]) {
    let earlier = definitions
    definitions = Dictionary(sources.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    for (name, definition) in earlier where definitions[name] != definition {
      bodies.forget(name)
      conditional.forget(name)
    }
  }

  /// Polls one source; once more where a reload has changed its definition meanwhile, so that no rate
  /// is attributed to another source.
  ///
  /// Returns one outcome, preceded by those of earlier days that the body contains and that are new.
  package func fetch(_ fetch: Commands.Fetch) async -> [FetchOutcome] {
    while true {
      guard let definition = definitions[fetch.source] else {
        return [.failed(because: "the config no longer has this source", retryAfter: nil)]
      }
      let outcomes = await outcomes(of: definition, fetch)
      if definitions[fetch.source] == definition { return outcomes }
    }
  }

  private func outcomes(
    of definition: SourceDefinition, _ fetch: Commands.Fetch
  ) async -> [FetchOutcome] {
    if definition.hasSeveralRequests { return await severalOutcomes(of: definition, fetch) }
    let now = SystemClock().now()
    let isTrusted = bodies.trustsValidators(of: definition.name, at: now)
    switch await ask(definition, validators: isTrusted ? fetch.validators : nil) {
    case .outcome(let outcome): return [outcome]
    case .body(var response, let request, let address):
      let hash = BodyHash.hash(response.body)
      // Validators that were refused are replaced only by a body that is read.
      if bodies.isLast(hash, of: definition.name), !conditional.isRefusing(definition.name),
        !fetch.readsAgain
      {
        bodies.recordAgain(of: definition.name, at: now)
        return [.unchanged]
      }
      let ending = BodyEnding(of: response.body)
      do throws(ParseError) {
        let days = try await readers.read(
          response.takeBody(), contentType: response.header("Content-Type"), as: definition,
          after: fetch.newestDay
        ).redacted(by: request.redaction)
        // Only of what can be read: for anything else there is a better reason.
        if let doubt = bodies.doubt(ending, of: definition.name) {
          return [.failed(because: doubt, retryAfter: nil)]
        }
        // A body that the engine refuses is read again.
        let day = days.newest.valueDate ?? now.day
        if definitions[definition.name] == definition, days.newest.onlyRetired(on: day) == nil {
          bodies.record(hash, ending, of: definition.name, at: now)
        }
        let validators = conditional.validators(
          of: response, to: request, of: definition.name, from: address)
        return days.earlier.map { .readEarlier($0, bodyHash: hash) }
          + [.read(days.newest, bodyHash: hash, validators: validators)]
      } catch {
        return [
          .failed(because: error.redacted(by: request.redaction).message, retryAfter: nil)
        ]
      }
    }
  }

  /// Polls a source whose poll is several requests, without validators.
  private func severalOutcomes(
    of definition: SourceDefinition, _ fetch: Commands.Fetch
  ) async -> [FetchOutcome] {
    let pauses = pauses
    let chain = RequestChain(
      transport: transport, zones: zones, secrets: secrets, readers: readers,
      wait: { await pauses.wait($0) })
    do throws(RequestChain.Failure) {
      let result = try await chain.poll(definition, after: fetch.newestDay)
      let hash = BodyHash.hash(Array(result.hashes.utf8))
      if bodies.isLast(hash, of: definition.name), !fetch.readsAgain { return [.unchanged] }
      let days = BodyReadings.merged(result.readings)
      let newest = fetch.newestDay
      if definitions[definition.name] == definition {
        bodies.record(hash, BodyEnding(of: []), of: definition.name, at: SystemClock().now())
      }
      return days.earlier.filter { reading in
        guard let newest, let day = reading.valueDate else { return false }
        return newest < day
      }.map { .readEarlier($0, bodyHash: hash) }
        + [.read(days.newest, bodyHash: hash, validators: nil)]
    } catch {
      return [error.outcome]
    }
  }

  /// The result of a request: a body to read, or an outcome without one.
  private enum Answer {
    case body(HTTPResponse, to: HTTPRequest, from: String)
    case outcome(FetchOutcome)
  }

  private func ask(
    _ definition: SourceDefinition, validators: SourceState.Validators?
  ) async -> Answer {
    let now = SystemClock().now()
    let address = definition.address(at: now, zones: zones)
    let request: HTTPRequest
    do throws(SecretProblem) {
      request = try definition.request(at: now, zones: zones, secrets: secrets)
    } catch {
      return .outcome(.failed(because: error.message, retryAfter: nil))
    }
    let conditions = conditional.headers(for: validators, of: definition.name, at: address)
    do throws(HTTPFailure) {
      let response = try await send(request, conditions, of: definition.name)
      switch response.status {
      case 200: return .body(response, to: request, from: address)
      case 304 where !conditions.isEmpty: return .outcome(.unchanged)
      default:
        return .outcome(
          .failed(
            because: Self.sentence(for: response),
            retryAfter: response.retryAfter(now: SystemClock().now())))
      }
    } catch {
      return .outcome(
        error.isOnTheWay
          ? .unreachable(because: error.sentence)
          : .failed(because: error.sentence, retryAfter: nil))
    }
  }

  /// Returns the reason why a response with a status other than 200 is a failure.
  static func sentence(for response: HTTPResponse) -> String {
    switch response.status {
    case 300..<400:
      "the server redirects to another address (HTTP \(response.status)), which is not followed; put"
        + " the new address into the config if it is the publisher's"
    case 403, 429: "the server refuses the request (HTTP \(response.status))"
    default: "the server answered HTTP \(response.status)"
    }
  }

  /// Sends a request with its conditions, and without them where the publisher refuses these.
  private func send(
    _ request: HTTPRequest, _ conditions: [HTTPHeader], of source: SourceName
  ) async throws(HTTPFailure) -> HTTPResponse {
    var conditionalRequest = request
    conditionalRequest.headers += conditions
    let response = try await transport.send(conditionalRequest)
    guard !conditions.isEmpty, ConditionalRequests.mayRefuseValidators(response.status) else {
      return response
    }
    let plain = try await transport.send(request)
    if plain.status == 200 { conditional.recordRefusal(of: source) }
    return plain
  }
}
