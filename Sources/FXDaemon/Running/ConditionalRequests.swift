import FXCore
import FXSystem

/// The validators that make requests conditional, and the sources whose publisher refuses them.
///
/// Some servers refuse the very validators that they gave: as too long (431), as an attack (403), or as
/// malformed (400). Such a source is requested without them from then on, until the process ends or
/// its definition changes.
struct ConditionalRequests {
  /// The most bytes of an entity tag that is sent back; common ones have less than 100.
  private static let longestTag = 512

  /// The most bytes of a date that is sent back; an HTTP date has 29.
  private static let longestDate = 64

  /// The sources whose publisher refuses validators.
  private var refusing: Set<SourceName> = []

  /// Creates requests that no publisher refuses yet.
  init() {}

  /// Returns the headers that make a request conditional; none where the validators are of another
  /// address.
  func headers(
    for validators: SourceState.Validators?, of source: SourceName, at address: String
  ) -> [HTTPHeader] {
    guard let validators, validators.url == address, !refusing.contains(source) else { return [] }
    let tag = Self.usable(validators.etag, limit: Self.longestTag)
    let date = Self.usable(validators.lastModified, limit: Self.longestDate)
    return [
      tag.map { HTTPHeader("If-None-Match", $0) }, date.map { HTTPHeader("If-Modified-Since", $0) },
    ].compactMap(\.self)
  }

  /// True if a status may be an answer to the validators, so that the request is worth repeating
  /// without them at once.
  ///
  /// Not where the server asks for fewer requests, or is overloaded: the next poll goes without them.
  static func mayRefuseValidators(_ status: Int) -> Bool {
    (400..<500).contains(status) && ![401, 407, 408, 425, 429].contains(status)
  }

  /// Records that a source could be read only without validators.
  mutating func recordRefusal(of source: SourceName) { refusing.insert(source) }

  /// True if a source is requested without validators.
  func isRefusing(_ source: SourceName) -> Bool { refusing.contains(source) }

  /// Forgets that a source refuses validators, because its definition has changed.
  mutating func forget(_ source: SourceName) { refusing.remove(source) }

  /// Returns the validators of a response that can be sent back and stored: none that contains a
  /// secret; nil where there are none.
  func validators(
    of response: HTTPResponse, to request: HTTPRequest, of source: SourceName, from address: String
  ) -> SourceState.Validators? {
    func header(_ name: String, limit: Int) -> String? {
      response.header(name).flatMap { request.redaction.isFound(in: $0) ? nil : $0 }
        .flatMap { Self.usable($0, limit: limit) }
    }
    let etag = header("ETag", limit: Self.longestTag)
    let lastModified = header("Last-Modified", limit: Self.longestDate)
    guard etag != nil || lastModified != nil, !refusing.contains(source),
      !Self.isInFuture(lastModified, of: response)
    else { return nil }
    return SourceState.Validators(url: address, etag: etag, lastModified: lastModified)
  }

  /// True if a response was last modified after it was sent: its publisher's clock, or its cache, is
  /// wrong, and the next body may have an earlier time.
  private static func isInFuture(_ lastModified: String?, of response: HTTPResponse) -> Bool {
    guard let modified = lastModified.flatMap({ Timestamp(httpDate: $0) }) else { return false }
    let sent =
      response.header("Date").flatMap { Timestamp(httpDate: $0) } ?? SystemClock().now()
    return modified > sent + .seconds(60)
  }

  /// Returns a value if it can be sent back: short, and of printable ASCII characters only.
  private static func usable(_ value: String?, limit: Int) -> String? {
    guard let value, (1...limit).contains(value.utf8.count),
      value.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
    else { return nil }
    return value
  }
}
