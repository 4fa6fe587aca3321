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
