import FXCore

/// The keys of a source that describe how it is requested, whatever its format.
///
/// It has more than ten properties because each is a key of the config.
struct RequestDescription {
  let url: String?
  let body: String?
  let bodySecret: SecretReference?
  let headers: RequestSettings.Headers
  let first: FirstRequest?
  let next: NextPage?
  let transfer: TransferSettings
  let maximumBytes: Int?
  let timeout: Duration
  let allowPrivate: Bool
  let redirectHosts: Set<String>
  let key: SecretReference?

  /// The keys.
  static let keys: Set<String> = [
    "allow_private", "body", "each", "every", "first", "headers", "key", "max_body", "max_series",
    "next", "proxy", "publishes", "redirects", "timeout", "tls", "url",
  ]

  /// Reads the keys; problems are reported.
  init(from section: SettingsSection) {
    let first = FirstRequest.read(from: section)
    let next = NextPage.read(from: section)
    let names = Set(first?.takes.keys.map { $0 } ?? [])
      .union(next == nil ? [] : ["next", "page"])
    self.first = first
    self.next = next
    url = section.string("url").flatMap { RequestSettings.url(of: $0, in: section, names: names) }
    transfer = TransferSettings.read(from: section)
    maximumBytes = section.value(
      "max_body",
      expected: "a size from 1 KiB to \(BodyLimits.largestBytes >> 20) MiB, such as 8 MiB"
    ) { text in
      ByteCountText.parse(text).flatMap {
        (1 << 10...BodyLimits.largestBytes).contains($0) ? $0 : nil
      }
    }
    timeout =
      section.duration("timeout", minimum: .seconds(1)) ?? SourceDefinition.defaultTimeout
    allowPrivate = section.flag("allow_private") ?? false
    redirectHosts = RequestSettings.redirectHosts(in: section)
    if case .map? = section.node("body")?.value {
      bodySecret = section.secret("body")
      body = bodySecret == nil ? nil : ""
    } else {
      bodySecret = nil
      body = section.string("body")
    }
    headers = RequestSettings.headers(in: section)
    key = section.secret("key")
  }

  /// Sets the requests of a source; those of its preset stay where the config does not replace them.
  func apply(to definition: inout SourceDefinition, url: String) {
    definition.url = url
    if body != nil { definition.body = body }
    definition.bodySecret = bodySecret
    if first != nil { definition.first = first }
    definition.next = next
    definition.transfer = transfer
    if let maximumBytes { definition.maximumBytes = maximumBytes }
    definition.secretHeaders = headers.secret
    let named = Set(
      (headers.plain.map(\.name) + headers.secret.map(\.name)).map { $0.lowercased() })
    definition.headers =
      headers.plain + definition.headers.filter { !named.contains($0.name.lowercased()) }
    definition.key = key
    definition.timeout = timeout
    definition.allowPrivate = allowPrivate
    definition.redirectHosts = redirectHosts
  }
}
