package import FXCore

/// A source as the daemon runs it: a preset or the user's own description, with the user's settings.
///
/// Two definitions are equal when they fetch and read alike, so that a reload can leave an unchanged
/// source alone.
package struct SourceDefinition: Sendable {
  /// What the user calls it.
  package let name: SourceName

  /// The preset it came from; nil for the user's own description.
  package var presetName: String?

  /// Who publishes the rates, where the preset knows it.
  package var publisher: String?

  /// What the publisher asks of those who use its rates, where the preset knows it.
  package var terms: String?

  /// The absolute http or https address.
  package var url: String

  /// The host of that address, in lower case.
  package var host: String { WebAddress(url)?.host ?? url }

  /// Sent with each request.
  package var headers: [HTTPHeader]

  /// When asking is worth it.
  package var schedule: SourceSchedule

  /// How long one transfer may take.
  package var timeout: Duration

  /// Whether private addresses may be fetched from.
  package var allowPrivate: Bool

  /// Other hosts a redirect may lead to.
  package var redirectHosts: Set<String>

  /// Understands the bodies.
  package var reader: any SourceReader

  /// What the date beside the rates means.
  package var dating: Dating

  /// With how many decimals the source prints every figure; nil where that differs or is not known.
  package var declaredScale: Int?

  /// The pairs whose scale is another one.
  package var scales: [CurrencyPair: Int]

  /// The decimals of the rates the publisher computes its change figures on; nil for those it
  /// prints.
  package var changeScale: Int?

  /// Pairs with a figure as typically printed.
  package var examples: [CurrencyPair: Rate]

  /// With how many decimals the source is declared to print a pair; nil where that is not known.
  package func scale(of pair: CurrencyPair) -> Int? { scales[pair] ?? declaredScale }

  /// What is posted; nil where the source is asked by GET.
  package var body: String?

  /// Where the secret lies that stands at `{key}` in the address, the headers and the body.
  package var key: SecretReference?

  /// Seconds east of UTC where the days in the address begin, where there is no calendar to say it.
  package var dayOffset = 0

  /// The address as it may be shown and stored at that instant: its days filled in, its secret not.
  package func address(at instant: Timestamp, zones: any Zones) -> String {
    AddressTemplate(url)?.shown(on: day(at: instant, zones)) ?? url
  }

  /// The transfer that fetches it at that instant.
  ///
  /// The only place where the source's secret is read; throws where it cannot be.
  package func request(
    at instant: Timestamp, zones: any Zones, secrets: any Secrets
  ) throws(SecretProblem) -> HTTPRequest {
    let secret = try key.map { reference throws(SecretProblem) in try secrets.read(reference) }
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
    return request
  }

  /// The day at the publisher's.
  private func day(at instant: Timestamp, _ zones: any Zones) -> CalendarDay {
    var offset = dayOffset
    if case .calendar(let calendar) = schedule {
      offset = zones.offset(ofZone: calendar.zone, at: instant) ?? offset
    }
    return (instant + .seconds(offset)).day
  }

  /// What a body says.
  package func read(
    _ body: [UInt8], contentType: String?
  ) throws(ParseError) -> SourceReading {
    guard body.count <= BodyLimits.maximumBytes else {
      throw ParseError("the body is larger than \(BodyLimits.maximumBytes >> 20) MiB")
    }
    return try reader.read(body, contentType: contentType)
  }

  /// Where in a body each of its figures was found.
  package func origins(
    in body: [UInt8], contentType: String?
  ) throws(ParseError) -> [FigureOrigin] {
    guard body.count <= BodyLimits.maximumBytes else {
      throw ParseError("the body is larger than \(BodyLimits.maximumBytes >> 20) MiB")
    }
    return try reader.origins(in: body, contentType: contentType)
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
      && left.dayOffset == right.dayOffset
  }
}
