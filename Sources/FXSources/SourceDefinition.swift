package import FXCore

/// A source: a preset or the user's own description, with the user's settings.
///
/// Two definitions are equal if they fetch and read in the same way; a reload keeps unchanged
/// sources. The many properties are the settings of a source, one for each.
package struct SourceDefinition: Sendable {
  /// The name in the config.
  package let name: SourceName

  /// The name of its preset; nil for the user's own description.
  package var presetName: String?

  /// The publisher of the rates, if it is a preset.
  package var publisher: String?

  /// The publisher's terms of use, if it is a preset.
  package var terms: String?

  /// The absolute http or https address.
  package var url: String

  /// The host of the address, in lower case.
  package var host: String { WebAddress(url)?.host ?? url }

  /// The server of the address: its host and port.
  package var server: String { WebAddress(url).map { "\($0.host):\($0.port)" } ?? url }

  /// The headers of each request.
  package var headers: [HTTPHeader]

  /// The schedule of fetches.
  package var schedule: SourceSchedule

  /// The limit on the duration of one transfer.
  package var timeout: Duration

  /// True if private IP addresses are allowed.
  package var allowPrivate: Bool

  /// Other hosts to which redirects are allowed.
  package var redirectHosts: Set<String>

  /// The reader of the bodies.
  package var reader: any SourceReader

  /// The meaning of the date of the rates.
  package var dating: PlannedSource.Dating

  /// The number of decimals of every rate; nil if it differs by pair or is unknown.
  package var declaredScale: Int?

  /// The number of decimals of pairs that differ from `declaredScale`.
  package var scales: [CurrencyPair: Int]

  /// The number of decimals of the rates from which the publisher computes the printed change; nil if
  /// they are the printed rates.
  package var changeScale: Int?

  /// Typical rates as printed, by pair.
  package var examples: [CurrencyPair: Rate]

  /// The pairs without which a response is not used: those of the examples of a preset whose foreign
  /// currency is widely traded, or all of its examples if none is.
  package var corePairs: Set<CurrencyPair> {
    guard presetName != nil else { return [] }
    let pairs = Set(examples.keys)
    let home = [\CurrencyPair.base, \CurrencyPair.quote].first { side in
      Set(pairs.map { $0[keyPath: side] }).count == 1
    }
    let core = pairs.filter { pair in
      Self.widelyTraded.contains(home == \CurrencyPair.base ? pair.quote : pair.base)
    }
    return core.isEmpty ? pairs : core
  }

  private static let widelyTraded = Set(
    ["USD", "EUR", "GBP", "JPY", "CHF", "CNY"].compactMap { Currency($0) })

  /// Returns the declared number of decimals of a pair; nil if it is unknown.
  package func scale(of pair: CurrencyPair) -> Int? { scales[pair] ?? declaredScale }

  /// The body of a POST request; nil for GET.
  package var body: String?

  /// The location of the secret that replaces `{key}` in the address, the headers and the body.
  package var key: SecretReference?

  /// The most series that the source may have; further pairs that it prints are ignored.
  package var maximumSeries: Int

  /// The settings that the reader was made of, without address and secrets; nil for a preset.
  package var readerSettings: SettingsNode?

  /// Seconds east of UTC of the days in the address, if the schedule has no calendar with a zone.
  package var dayOffset = 0

  /// Returns the address for display and storage: with the days at an instant, without the secret and
  /// without what looks like one.
  package func address(at instant: Timestamp, zones: any Zones) -> String {
    SecretMask.masked(AddressTemplate(url)?.shown(on: day(at: instant, zones)) ?? url)
  }

  /// Returns the request for a fetch at an instant.
  ///
  /// Reads the source's secret; throws if it cannot be read.
  package func request(
    at instant: Timestamp, zones: any Zones, secrets: any Secrets
  ) throws(SecretProblem) -> HTTPRequest {
    let secret = try secret(secrets)
    let day = day(at: instant, zones)
    func filled(_ text: String, _ encode: (String) -> String = { $0 }) -> String {
      AddressTemplate(text)?.text(on: day, key: secret, encode) ?? text
    }
    var request = HTTPRequest(url: filled(url, AddressTemplate.percentEncoded))
    request.headers = headers.map { HTTPHeader($0.name, filled($0.value)) }
    if let body {
      request.method = .post
      request.body = Array(filled(body).utf8)
    }
    request.totalTimeout = timeout
    request.maximumBodyBytes = BodyLimits.maximumBytes
    request.allowPrivate = allowPrivate
    request.redirects = .followed(alsoTo: redirectHosts)
    request.redaction = Redaction([secret].compactMap(\.self) + writtenSecrets(in: request))
    return request
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
  private func day(at instant: Timestamp, _ zones: any Zones) -> CalendarDay {
    var offset = dayOffset
    if case .calendar(let calendar) = schedule {
      offset = zones.offset(ofZone: calendar.zone, at: instant) ?? offset
    }
    return (instant + .seconds(offset)).day
  }
}

extension SourceDefinition: Equatable {
  package static func == (left: SourceDefinition, right: SourceDefinition) -> Bool {
    left.name == right.name && left.presetName == right.presetName && left.url == right.url
      && left.headers == right.headers && left.schedule == right.schedule
      && left.timeout == right.timeout && left.allowPrivate == right.allowPrivate
      && left.redirectHosts == right.redirectHosts
      && AnyHashable(left.reader) == AnyHashable(right.reader) && left.dating == right.dating
      && left.declaredScale == right.declaredScale && left.scales == right.scales
      && left.changeScale == right.changeScale
      && left.publisher == right.publisher && left.terms == right.terms
      && left.examples == right.examples && left.body == right.body && left.key == right.key
      && left.dayOffset == right.dayOffset && left.maximumSeries == right.maximumSeries
  }
}
