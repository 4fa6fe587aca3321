/// One header line of a request or a response.
package struct HTTPHeader: Hashable, Sendable {
  /// The name; compared without regard to case.
  package let name: String

  /// The value, without the line's white space.
  package let value: String

  /// One header line.
  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }

  /// Whether it has that name, without regard to the case of ASCII letters; makes no text.
  package func isNamed(_ other: String) -> Bool {
    var (one, two) = (name, other)
    return one.withUTF8 { one in
      two.withUTF8 { two in
        one.count == two.count
          && one.indices.allSatisfy { Self.small(one[$0]) == Self.small(two[$0]) }
      }
    }
  }

  private static func small(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
  }
}

/// One transfer to make.
package struct HTTPRequest: Hashable, Sendable {
  /// What is asked for.
  package enum Method: String, Hashable, Sendable {
    case get = "GET"
    case post = "POST"
  }

  /// What to do about a 3xx answer.
  package enum RedirectPolicy: Hashable, Sendable {
    /// Give the 3xx answer back as it is.
    case returned
    /// Follow up to 5 hops that stay on the same host (http to https included) or lead to one of
    /// these; any other hop fails with `HTTPFailure.redirected`.
    case followed(alsoTo: Set<String>)
  }

  package var method: Method = .get

  /// The absolute address; only http and https are ever opened.
  package var url: String

  /// Sent besides those every request carries.
  package var headers: [HTTPHeader] = []

  /// The body of a POST.
  package var body: [UInt8] = []

  /// How long name resolution, connection and TLS may take together.
  package var connectTimeout: Duration = .seconds(10)

  /// How long the whole transfer may take.
  package var totalTimeout: Duration = .seconds(30)

  /// The largest body accepted, in bytes after decompression.
  package var maximumBodyBytes: Int = 4 << 20

  /// Whether loopback, private, link-local and CGNAT addresses may be connected to, judged after
  /// name resolution.
  package var allowPrivate: Bool = false

  package var redirects: RedirectPolicy = .returned

  /// A PEM file of further certificate authorities; nil for the system's alone.
  package var authoritiesFile: String?

  /// A GET of `url`.
  package init(url: String) { self.url = url }
}

/// What came back.
package struct HTTPResponse: Hashable, Sendable {
  /// The status of the last response.
  package let status: Int

  /// Its headers in the order received.
  package let headers: [HTTPHeader]

  /// Its body, decompressed.
  package let body: [UInt8]

  /// Where it came from after redirects.
  package let effectiveURL: String

  /// From start to last byte.
  package let duration: Duration

  /// What came back.
  package init(
    status: Int, headers: [HTTPHeader], body: [UInt8], effectiveURL: String, duration: Duration
  ) {
    self.status = status
    self.headers = headers
    self.body = body
    self.effectiveURL = effectiveURL
    self.duration = duration
  }

  /// The last value of a header, by name without regard to case.
  package func header(_ name: String) -> String? {
    headers.last { $0.isNamed(name) }?.value
  }
}

/// Why a transfer gave no response.
///
/// The texts never contain a header value or a body; of an address they contain scheme, host and
/// port only, because paths and queries can carry tokens.
package enum HTTPFailure: Error, Hashable, Sendable {
  /// The URL cannot be used: `reason` says why.
  case unusableURL(reason: String)
  case unresolvable(host: String)
  /// The name resolved to an address that `allowPrivate: false` refuses.
  case privateAddress(address: String)
  case connectionFailed(reason: String)
  case timedOut(after: Duration)
  case tls(reason: String)
  case bodyTooLarge(limit: Int)
  /// A redirect that the policy does not follow.
  case redirected(toHost: String)
  /// The peer broke the protocol or closed early.
  case broken(reason: String)
  /// The transport was shut down.
  case cancelled
}

/// Makes transfers: the port through which sources are fetched and webhooks posted.
package protocol HTTPTransport: Sendable {
  /// Makes one transfer. Any status is a response; only what prevented one is thrown. Task
  /// cancellation ends the transfer with `HTTPFailure.cancelled`.
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse
}
