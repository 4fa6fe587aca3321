/// The settings of how to reach a server, which sources and notifiers share: `tls` and `proxy`.
package struct TransferSettings: Hashable, Sendable {
  /// The address of a proxy.
  package enum Proxy: Hashable, Sendable {
    case address(String)
    /// A secret with the address, for one with a password.
    case secret(SecretReference)
  }

  /// A PEM file with certificate authorities besides the system's.
  package var authoritiesFile: String?

  /// True if TLS 1.0 and its ciphers are allowed.
  package var allowsLegacyTLS = false

  package var proxy: Proxy?

  /// The settings of a server that is reached directly with TLS 1.2 or newer.
  package init() {}

  /// Reads `tls` and `proxy`; problems are reported.
  package static func read(from section: SettingsSection) -> TransferSettings {
    var settings = TransferSettings()
    if let tls = section.section("tls") {
      settings.authoritiesFile = tls.path("ca")
      settings.allowsLegacyTLS = tls.flag("legacy") ?? false
      tls.finish()
    }
    if case .map? = section.node("proxy")?.value {
      settings.proxy = section.secret("proxy").map { .secret($0) }
    } else {
      settings.proxy = section.value(
        "proxy",
        expected:
          "the address of a proxy such as http://proxy.example:3128 or socks5h://…; one with"
          + " a password is written {credential: NAME}"
      ) { isProxy($0) ? .address($0) : nil }
    }
    return settings
  }

  /// True if a text is the address of a proxy without a password.
  private static func isProxy(_ text: String) -> Bool {
    guard let scheme = ["http://", "https://", "socks5h://"].first(where: { text.hasPrefix($0) })
    else { return false }
    let server = text.dropFirst(scheme.count)
    return !server.isEmpty && !server.contains("@")
      && server.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
  }

  /// Applies the settings to a request; throws if the secret of the proxy cannot be read.
  package func apply(
    to request: inout HTTPRequest, secrets: any Secrets
  ) throws(SecretProblem) {
    request.authoritiesFile = authoritiesFile ?? request.authoritiesFile
    request.allowsLegacyTLS = allowsLegacyTLS
    switch proxy {
    case .address(let address): request.proxy = Secret(address)
    case .secret(let reference): request.proxy = try secrets.read(reference)
    case nil: break
    }
  }
}

extension SettingsSection {
  /// Reads the path of a file, which is relative to the folder of the config.
  package func path(_ key: String) -> String? {
    guard let text = string(key), let file = node(key)?.mark.file else { return nil }
    guard !text.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return text }
    return String(file[...slash]) + text
  }
}
