import FXCore
import FXHTTP
import FXSources
import FXSystem

/// Sends the requests of one poll that needs several: a first one for a token or an address, one for
/// each value of `each`, and one for each page.
///
/// Texts of a response are untrusted. They can lead neither to a private address (the transport
/// refuses it) nor to a host that the config does not name, and take no secret to another server.
struct RequestChain {
  /// The pause between two requests to one publisher.
  static let pause: Duration = .milliseconds(500)

  let transport: any HTTPTransport
  let zones: any Zones
  let secrets: any Secrets
  let readers: BodyReaders

  /// Waits.
  let wait: @Sendable (Duration) async -> Void

  /// The reason why a poll has no rates.
  struct Failure: Error {
    let outcome: FetchOutcome

    init(_ reason: String, retryAfter: Duration? = nil) {
      outcome = .failed(because: reason, retryAfter: retryAfter)
    }

    init(_ failure: HTTPFailure) {
      outcome =
        failure.isOnTheWay
        ? .unreachable(because: failure.sentence)
        : .failed(because: failure.sentence, retryAfter: nil)
    }
  }

  /// The readings of a poll, and the hash of all its bodies.
  struct Result {
    var readings: [BodyReadings] = []
    var hashes = ""
  }

  /// Polls a source, and reads its bodies; `day` is the newest known one.
  func poll(
    _ definition: SourceDefinition, after day: CalendarDay?
  ) async throws(Failure) -> Result {
    guard !definition.variants.isEmpty else {
      var result = Result()
      try await add(definition, after: day, to: &result)
      return result
    }
    var result = Result()
    var failed: [SetAsideRow] = []
    for (index, variant) in definition.variants.enumerated() {
      if index > 0 { await pause(before: variant.definition) }
      do throws(Failure) {
        try await add(variant.definition, after: day, to: &result)
      } catch {
        guard case .failed(let reason, nil) = error.outcome else { throw error }
        failed.append(
          SetAsideRow(
            subject: variant.value, pair: variant.definition.constantPair,
            reason: "\(variant.value): \(reason)"))
        // As for rows: one or two are the publisher's slip.
        guard failed.count * Self.refusedShare <= definition.variants.count else { throw error }
      }
    }
    if !failed.isEmpty {
      result.readings.append(
        BodyReadings(
          earlier: [],
          newest: SourceReading(valueDate: nil, observations: [], setAside: failed)))
    }
    return result
  }

  /// A poll fails if more than one in so many of its requests fail.
  private static let refusedShare = 5

  /// Sends the requests of one description, and adds the readings of its bodies.
  private func add(
    _ definition: SourceDefinition, after day: CalendarDay?, to result: inout Result
  ) async throws(Failure) {
    var opening = try await opening(of: definition)
    var seen: Set<String> = []
    for page in 1...NextPage.mostPages {
      if definition.next != nil {
        opening.texts["page"] = "\(page)"
        opening.texts["next"] = opening.texts["next"] ?? ""
      }
      let request = try request(of: definition, opening)
      var response = try await send(request)
      let hash = BodyHash.hash(response.body)
      result.hashes += hash
      let type = response.header("Content-Type")
      let address = response.effectiveURL
      var next: String?
      if let place = definition.next?.place {
        next = try? await readers.texts(
          of: response.body, contentType: type, at: ["next": place], definition.name)["next"]
      }
      do throws(ParseError) {
        let readings = try await readers.read(
          response.takeBody(), contentType: type, as: definition, after: day
        ).redacted(by: request.redaction)
        result.readings.append(readings)
      } catch {
        // A page behind the last one may be empty.
        if page > 1 { return }
        throw Failure(error.redacted(by: request.redaction).message)
      }
      guard let next, NextPage.isMore(next), seen.insert(next + hash).inserted else { return }
      try Self.checkText(next, request.redaction)
      opening.texts["next"] = next
      if definition.next?.isAddress == true {
        opening.link = try link(next, from: address, definition, request)
      }
      await pause(before: definition)
    }
  }

  // MARK: The first request

  /// The parts of later requests that responses provide.
  private struct Opening {
    var texts: [String: String] = [:]

    /// The whole address of the next request.
    var link: WebAddress?

    var cookies = Cookies()
  }

  private func opening(of definition: SourceDefinition) async throws(Failure) -> Opening {
    var opening = Opening()
    let first: HTTPRequest?
    do throws(SecretProblem) {
      first = try definition.firstRequest(
        at: SystemClock().now(), zones: zones, secrets: secrets)
    } catch {
      throw Failure(error.message)
    }
    guard let first, let description = definition.first else { return opening }
    let response = try await send(first)
    do throws(ParseError) {
      opening.texts = try await readers.texts(
        of: response.body, contentType: response.header("Content-Type"), at: description.takes,
        definition.name)
    } catch {
      throw Failure("the first response: \(error.redacted(by: first.redaction).message)")
    }
    for text in opening.texts.values { try Self.checkText(text, first.redaction) }
    if let name = definition.linkName, let text = opening.texts[name] {
      opening.link = try link(text, from: response.effectiveURL, definition, first)
    }
    if description.keepsCookies { opening.cookies = Cookies(of: response) }
    await pause(before: definition)
    return opening
  }

  /// Throws if a text of a response cannot be a part of a request.
  private static func checkText(_ text: String, _ redaction: Redaction) throws(Failure) {
    guard text.utf8.count <= FirstRequest.longestText,
      text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F })
    else {
      throw Failure("a text of the first response is too long or has control characters")
    }
    guard redaction.isEmpty || !redaction.isFound(in: text) else {
      throw Failure("a text of the first response contains the source's secret")
    }
  }

  /// Returns the address of a link in a response; throws if the config does not allow its host.
  private func link(
    _ text: String, from address: String, _ definition: SourceDefinition, _ request: HTTPRequest
  ) throws(Failure) -> WebAddress {
    do throws(HTTPFailure) {
      let origin = try WebAddress(request.url)
      let page = try WebAddress(address)
      let hosts = definition.redirectHosts.union([origin.host])
      return try page.redirected(to: text) { scheme, host throws(HTTPFailure) in
        guard scheme == "https" || (scheme == "http" && page.scheme == "http"),
          hosts.contains(host)
        else {
          throw .excessive(
            reason:
              "the first response leads to \(scheme)://\(host), which is not requested; list the"
              + " host under redirects: if it is the publisher's")
        }
      }
    } catch {
      if case .excessive(let reason) = error { throw Failure(reason) }
      throw Failure("the link of the first response is not an address")
    }
  }

  // MARK: Requests

  private func request(
    of definition: SourceDefinition, _ opening: Opening
  ) throws(Failure) -> HTTPRequest {
    var texts = opening.texts
    if let link = opening.link, let name = definition.linkName { texts[name] = link.text }
    var request: HTTPRequest
    do throws(SecretProblem) {
      request = try definition.request(
        at: SystemClock().now(), zones: zones, secrets: secrets, texts: texts)
    } catch {
      throw Failure(error.message)
    }
    if let link = opening.link {
      if definition.linkName == nil { request.url = link.text }
      try checkSecrets(of: request, definition)
    }
    if let address = try? WebAddress(request.url), let header = opening.cookies.header(for: address)
    {
      request.headers.append(header)
    }
    return request
  }

  /// Throws if a request to an address of a response would carry a secret to another server than that
  /// of the config.
  private func checkSecrets(
    of request: HTTPRequest, _ definition: SourceDefinition
  ) throws(Failure) {
    guard !request.redaction.isEmpty else { return }
    let body = String(decoding: request.body, as: UTF8.self)
    let carriesSecret = ([request.url, body] + request.headers.map(\.value)).contains {
      request.redaction.isFound(in: $0)
    }
    guard carriesSecret else { return }
    let known = definition.linkName == nil ? definition.url : definition.first?.url ?? ""
    guard let target = try? WebAddress(request.url), let origin = try? WebAddress(known),
      target.origin == origin.origin
    else {
      throw Failure(
        "the response leads to another server, which must not receive the source's secret")
    }
  }

  private func send(_ request: HTTPRequest) async throws(Failure) -> HTTPResponse {
    let response: HTTPResponse
    do throws(HTTPFailure) {
      response = try await transport.send(request)
    } catch {
      throw Failure(error)
    }
    guard response.status == 200 else {
      throw Failure(
        Fetcher.sentence(for: response),
        retryAfter: response.retryAfter(now: SystemClock().now()))
    }
    return response
  }

  private func pause(before definition: SourceDefinition) async {
    // A server on a private network is the user's own.
    if !definition.allowPrivate { await wait(Self.pause) }
  }
}
