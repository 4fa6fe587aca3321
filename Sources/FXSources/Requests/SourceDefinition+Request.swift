package import FXCore

extension SourceDefinition {
  /// True if a poll consists of several requests.
  package var hasSeveralRequests: Bool { first != nil || next != nil || !variants.isEmpty }

  /// The names of placeholders for texts of earlier responses.
  var textNames: Set<String> {
    Set(first?.takes.keys.map { $0 } ?? []).union(next == nil ? [] : ["next", "page"])
  }

  /// The name of the text of the first response that is the address of the rates; nil if the config has
  /// the address.
  package var linkName: String? {
    AddressTemplate(url, names: textNames)?.leadingName
  }

  /// Returns the address for display and storage: with the days at an instant, without the secret and
  /// without what looks like one.
  package func address(at instant: Timestamp, zones: any Zones) -> String {
    SecretMask.masked(AddressTemplate(url)?.shown(on: day(at: instant, zones)) ?? url)
  }

  /// Returns the request for a fetch at an instant; `texts` are those of earlier responses.
  ///
  /// Reads the source's secrets; throws if one cannot be read.
  package func request(
    at instant: Timestamp, zones: any Zones, secrets: any Secrets, texts: [String: String] = [:]
  ) throws(SecretProblem) -> HTTPRequest {
    var plain = Plain(url: url, headers: headers, body: body)
    var hidden: [Secret] = []
    for header in secretHeaders {
      let value = try secrets.read(header.value)
      plain.headers.append(HTTPHeader(header.name, value.reveal()))
      hidden.append(value)
    }
    if let bodySecret {
      let value = try secrets.read(bodySecret)
      plain.body = value.reveal()
      hidden.append(value)
    }
    return try request(plain, texts: texts, hidden, on: day(at: instant, zones), secrets)
  }

  /// Returns the first request of a fetch at an instant; nil where there is none.
  package func firstRequest(
    at instant: Timestamp, zones: any Zones, secrets: any Secrets
  ) throws(SecretProblem) -> HTTPRequest? {
    guard let first else { return nil }
    let plain = Plain(url: first.url, headers: first.headers, body: first.body)
    return try request(plain, texts: [:], [], on: day(at: instant, zones), secrets)
  }

  /// The parts of a request, with placeholders.
  private struct Plain {
    var url: String
    var headers: [HTTPHeader]
    var body: String?
  }

  private func request(
    _ plain: Plain, texts: [String: String], _ hidden: [Secret], on day: CalendarDay,
    _ secrets: any Secrets
  ) throws(SecretProblem) -> HTTPRequest {
    let secret = try secret(secrets)
    let names = Set(texts.keys).union(textNames)
    func filled(_ text: String, _ encode: (String) -> String = { $0 }) -> String {
      AddressTemplate(text, names: names)?.text(on: day, key: secret, texts: texts, encode)
        ?? text
    }
    var request = HTTPRequest(url: filled(plain.url, AddressTemplate.percentEncoded))
    request.headers = plain.headers.map { HTTPHeader($0.name, filled($0.value)) }
    if let body = plain.body {
      request.method = .post
      let encode: (String) -> String =
        texts.isEmpty ? { $0 } : Self.encoding(of: body, request.headers)
      request.body = Array((bodySecret == nil ? filled(body, encode) : body).utf8)
    }
    request.totalTimeout = timeout
    request.maximumBodyBytes = maximumBytes
    request.allowPrivate = allowPrivate
    request.redirects = .followed(alsoTo: redirectHosts)
    try transfer.apply(to: &request, secrets: secrets)
    request.redaction = Redaction(
      [secret].compactMap(\.self) + hidden + writtenSecrets(in: request))
    return request
  }

  /// Returns how texts of earlier responses are written in a body: as its `Content-Type` requires.
  private static func encoding(
    of body: String, _ headers: [HTTPHeader]
  ) -> (String) -> String {
    let type = headers.last { $0.isNamed("content-type") }?.value.lowercased() ?? ""
    if type.hasPrefix("application/x-www-form-urlencoded") { return AddressTemplate.percentEncoded }
    let isJSON = type.contains("json") || body.first == "{" || body.first == "["
    if isJSON { return AddressTemplate.jsonEscaped }
    return { $0 }
  }

  /// Returns the redaction of saved bodies, which a server may have filled with the source's secret;
  /// none if the secret cannot be read.
  package func redaction(_ secrets: any Secrets) -> Redaction {
    Redaction([try? secret(secrets)].compactMap(\.self))
  }

  /// Returns the credentials that the config contains although `key` is the place for them.
  private func writtenSecrets(in request: HTTPRequest) -> [Secret] {
    let query = request.url.drop { $0 != "?" }.dropFirst().split(separator: "&")
    let parameters = query.compactMap { parameter -> (Substring, Substring)? in
      parameter.firstIndex(of: "=").map { (parameter[..<$0], parameter[$0...].dropFirst()) }
    }
    let headers = request.headers.map { (Substring($0.name), Substring($0.value)) }
    return (parameters + headers).filter { name, value in
      value.utf8.count >= Self.shortestCredential
        && Self.credentialNames.contains { name.lowercased().contains($0) }
    }.map { Secret(String($0.1)) }
  }

  /// Parts of the names of parameters and headers that carry credentials.
  private static let credentialNames = ["auth", "cookie", "key", "pass", "secret", "token"]

  /// The fewest bytes of a value that can be a credential.
  private static let shortestCredential = 8

  private func secret(_ secrets: any Secrets) throws(SecretProblem) -> Secret? {
    try key.map { reference throws(SecretProblem) in try secrets.read(reference) }
  }

  /// Returns the day in the publisher's zone.
  func day(at instant: Timestamp, _ zones: any Zones) -> CalendarDay {
    var offset = dayOffset
    if case .calendar(let calendar) = schedule {
      offset = zones.offset(ofZone: calendar.zone, at: instant) ?? offset
    }
    return (instant + .seconds(offset)).day
  }
}
