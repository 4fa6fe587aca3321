import FXCore

/// The URL and headers of a webhook, read from the config and checked.
struct WebhookEndpoint: Sendable {
  private static let connectTimeout = Duration.seconds(5)
  private static let totalTimeout = Duration.seconds(15)

  /// The part of a response's body that is kept: more than is shown, and than the wait after a 429
  /// needs.
  private static let maximumAnswerBytes = 1 << 10

  /// The same where the body separates acceptance from refusal.
  private static let maximumReadBytes = maximumReceivedBytes

  /// The part of a response's body that is received, so that the connection can be used again after
  /// long answers.
  private static let maximumReceivedBytes = 64 << 10

  /// The URL, kept as a secret because many services put a token into it.
  private(set) var url: Secret

  private var headers: [WebhookHeader]

  /// Indicates whether secrets are sent; a response could then contain them and is not shown.
  private(set) var sendsSecrets: Bool

  /// The redaction of what is shown of an answer, and of failures.
  ///
  /// Includes the tokens of a URL that the config contains.
  private var redaction: Redaction

  /// The rule that separates acceptance from refusal in the body of an answer.
  private var answer: ServiceAnswer

  private let allowPrivate: Bool
  private let transfer: TransferSettings
  private let proxy: Secret?
  private let transport: any HTTPTransport

  /// Reads `url`, `headers`, `allow_private`, `ca_file`, `tls` and `proxy`; returns nil after reporting a problem of
  /// `url` or `headers`.
  init?(_ section: SettingsSection, context: NotifierContext, address: WebhookAddress = .any) {
    let url = address.read(section, context)
    let headers = Self.headers(section, context)
    allowPrivate = section.flag("allow_private") ?? true
    var transfer = TransferSettings.read(from: section)
    transfer.authoritiesFile = transfer.authoritiesFile ?? section.path("ca_file")
    self.transfer = transfer
    switch transfer.proxy {
    case .address(let address): proxy = Secret(address)
    case .secret(let reference): proxy = context.secret(reference, for: "proxy", of: section)
    case nil: proxy = nil
    }
    guard let url, let headers else { return nil }
    self.url = url.text
    answer = ServiceAnswer.known(ofHost: Self.host(of: url.text.reveal())) ?? .any
    // Only the status and a short excerpt of a response are used, so every format is accepted.
    let accepts = headers.contains { $0.name.lowercased() == "accept" }
    let anything = WebhookHeader(name: "accept", value: Secret("*/*"), isSecret: false)
    self.headers = (accepts ? [] : [anything]) + headers
    sendsSecrets = url.isSecret || headers.contains(where: \.isSecret)
    redaction = Redaction([url.text] + headers.filter(\.isSecret).map(\.value))
    transport = context.transport
  }

  /// Returns the endpoint of a service that may refuse in the body of an answer.
  func expecting(_ answer: ServiceAnswer) -> WebhookEndpoint {
    var endpoint = self
    endpoint.answer = answer
    return endpoint
  }

  /// Returns the endpoint with a secret appended to its URL.
  func appending(secretPath: String) -> WebhookEndpoint {
    var endpoint = self
    endpoint.url = Secret(url.reveal() + secretPath)
    endpoint.sendsSecrets = true
    endpoint.redaction = redaction.adding(Secret(secretPath))
    return endpoint
  }

  /// Returns the endpoint with a path appended that is not a secret.
  func appending(path: String) -> WebhookEndpoint {
    var endpoint = self
    var text = url.reveal()
    while text.hasSuffix("/") { text.removeLast() }
    endpoint.url = Secret(text + path)
    return endpoint
  }

  /// Returns the endpoint with a header whose value is a secret.
  func adding(secretHeader name: String, _ value: String) -> WebhookEndpoint {
    var endpoint = self
    endpoint.headers.append(WebhookHeader(name: name, value: Secret(value), isSecret: true))
    endpoint.sendsSecrets = true
    endpoint.redaction = redaction.adding(Secret(value))
    return endpoint
  }

  /// Returns the endpoint for bodies that contain a secret.
  func sending(_ secret: Secret) -> WebhookEndpoint {
    var endpoint = self
    endpoint.sendsSecrets = true
    endpoint.redaction = redaction.adding(secret)
    return endpoint
  }

  /// Sends a request once.
  func send(_ sent: ServiceRequest, at instant: Timestamp) async -> DeliveryOutcome {
    let url = url.reveal()
    var request = HTTPRequest(url: url + sent.suffix(of: url))
    request.method = sent.method
    request.headers.reserveCapacity(1 + sent.headers.count + headers.count)
    if sent.method.hasBody {
      request.body = sent.body
      request.headers.append(HTTPHeader("content-type", sent.contentType))
    }
    request.headers += sent.headers
    for header in headers {
      request.headers.append(HTTPHeader(header.name, header.value.reveal()))
    }
    request.connectTimeout = Self.connectTimeout
    request.totalTimeout = Self.totalTimeout
    request.maximumBodyBytes =
      answer == .any ? Self.maximumAnswerBytes : Self.maximumReadBytes
    request.excess = .discarded(upTo: Self.maximumReceivedBytes)
    request.allowPrivate = allowPrivate
    request.redirects = .returned
    request.authoritiesFile = transfer.authoritiesFile
    request.allowsLegacyTLS = transfer.allowsLegacyTLS
    request.proxy = proxy
    do throws(HTTPFailure) {
      let response = try await transport.send(request)
      return WebhookResponse(
        response: response, attemptedAt: instant,
        redaction: redaction, mayEchoSecrets: sendsSecrets, answer: answer
      ).outcome
    } catch {
      return WebhookResponse.outcome(of: error).redacted(by: redaction)
    }
  }

  /// Returns the host of a URL; empty where it has none.
  private static func host(of url: String) -> String {
    guard let start = url.firstRange(of: "://")?.upperBound else { return "" }
    let authority = url[start...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    let server = authority.lastIndex(of: "@").map { authority[$0...].dropFirst() } ?? authority
    return String(server.prefix { $0 != ":" })
  }

  private static func headers(
    _ section: SettingsSection, _ context: NotifierContext
  ) -> [WebhookHeader]? {
    guard let map = section.section("headers") else { return [] }
    let headers = map.keys.map { name -> WebhookHeader? in
      let isSecret =
        if case .map? = map.node(name)?.value { true } else { false }
      if let problem = WebhookHeaderRules.problem(inName: name, isSecret: isSecret) {
        map.problem(name, problem)
        return nil
      }
      let value =
        isSecret
        ? map.secret(name).flatMap { context.secret($0, for: name, of: map) }
        : map.string(name).map(Secret.init)
      guard let value else { return nil }
      if let problem = WebhookHeaderRules.problem(inValue: value.reveal()) {
        map.problem(name, problem)
        return nil
      }
      return WebhookHeader(name: name, value: value, isSecret: isSecret)
    }
    return headers.contains { $0 == nil } ? nil : headers.compactMap(\.self)
  }
}
