/// One HTTP request, with the limits of its transfer.
///
/// The many properties are the parts of a request and its limits.
package struct HTTPRequest: Hashable, Sendable {
  /// The method.
  package enum Method: String, Hashable, Sendable {
    case get = "GET"
    case patch = "PATCH"
    case post = "POST"
    case put = "PUT"

    /// True if a request has a body.
    package var hasBody: Bool { self != .get }
  }

  /// The handling of a 3xx response.
  package enum RedirectPolicy: Hashable, Sendable {
    /// The 3xx response is returned.
    case returned
    /// Up to 5 redirects are followed to the same host (also from http to https) or to one of these
    /// hosts; any other fails with `HTTPFailure.redirected`.
    case followed(alsoTo: Set<String>)
  }

  /// The handling of a body that is longer than `maximumBodyBytes`.
  package enum Excess: Hashable, Sendable {
    /// The transfer fails with `HTTPFailure.bodyTooLarge`.
    case refused
    /// The bytes beyond the limit are discarded, and the response counts as complete; the transfer ends
    /// once this many bytes were received.
    case discarded(upTo: Int)
  }

  package var method: Method = .get

  /// The absolute URL; only http and https are allowed.
  package var url: String

  /// The headers besides those of every request.
  package var headers: [HTTPHeader] = []

  /// The body, but for a GET.
  package var body: [UInt8] = []

  /// The limit for name resolution, connection and TLS together.
  package var connectTimeout: Duration = .seconds(10)

  /// The limit for the whole transfer.
  package var totalTimeout: Duration = .seconds(30)

  /// The most bytes of a body that are kept, after decompression.
  package var maximumBodyBytes: Int = 4 << 20

  package var excess: Excess = .refused

  /// True if loopback, private, link-local and CGNAT addresses are allowed; checked after name
  /// resolution.
  package var allowPrivate: Bool = false

  package var redirects: RedirectPolicy = .returned

  /// The secrets in the URL, the headers and the body.
  ///
  /// No failure contains them, and no header or body with one of them is sent to another origin.
  package var redaction = Redaction.none

  /// A PEM file with certificate authorities besides the system's.
  package var authoritiesFile: String?

  /// True if TLS 1.0 and its ciphers are allowed.
  package var allowsLegacyTLS = false

  /// The address of a proxy; nil for none.
  ///
  /// A proxy resolves names itself, so private addresses are refused only where the URL has them.
  package var proxy: Secret?

  /// Creates a GET request.
  package init(url: String) { self.url = url }
}
