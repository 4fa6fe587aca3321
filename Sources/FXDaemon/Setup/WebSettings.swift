package import FXCore
package import FXNotifiers

/// The settings of the page and the API, `web:`.
package struct WebSettings: Hashable, Sendable {
  /// The address at which they are served.
  package enum Address: Hashable, Sendable {
    /// A numeric Internet address and a port.
    case internet(host: String, port: UInt16)

    /// The file of a Unix socket.
    case unix(path: String)

    /// The socket that systemd hands over (`fxwatch.socket`).
    case systemd
  }

  package let address: Address

  /// The token that reading requires; nil where anybody who can connect may read.
  package let readToken: Secret?

  /// The token that writing requires; nil where nothing can be written.
  package let writeToken: Secret?

  /// The host names, in lower case and without a port, under which the server may be addressed,
  /// beside Internet addresses of the loopback range and `localhost`.
  package let hosts: [String]

  /// The URL under which people reach the page, without a slash at its end; nil if not known.
  package let publicURL: String?
}

extension WebSettings {
  /// The links in messages to people; nil where the URL of the page is not known.
  package var links: AlertLinks? {
    publicURL.map { AlertLinks(publicURL: $0, writeToken: writeToken) }
  }

  /// Reads the section; returns nil after reporting a problem.
  ///
  /// Reads the files of the tokens; one that cannot be read is a warning where secrets may be missing.
  static func read(
    from section: SettingsSection, secrets: any Secrets, secretsMayBeMissing: Bool, folder: String
  ) -> WebSettings? {
    defer { section.finish() }
    let address = address(from: section, folder: folder)
    func token(_ key: String) -> (isSet: Bool, secret: Secret?) {
      guard let reference = section.secret(key) else { return (section.node(key) != nil, nil) }
      do throws(SecretProblem) {
        let secret = try secrets.read(reference)
        if secret.reveal().utf8.count < minimumTokenBytes {
          section.problem(
            key,
            "the token is too short; use at least \(minimumTokenBytes) characters, such as the"
              + " output of 'openssl rand -hex 16'")
        }
        return (true, secret)
      } catch {
        section.problem(
          key, error.message, isWarning: secretsMayBeMissing && !error.isExposed,
          isTransient: error.isTransient)
        return (true, nil)
      }
    }
    let (read, write) = (token("read_token"), token("write_token"))
    let publicURL = publicURL(from: section)
    var hosts: [String] = []
    for (name, mark) in section.strings("hosts") ?? [] {
      if isHost(name) {
        hosts.append(name.lowercased())
      } else {
        section.problem(
          "hosts", at: mark, "\(name.quoted) is not a host name; write it like fx.example.org")
      }
    }
    if let host = publicURL.flatMap(host(ofURL:)) { hosts.append(host) }
    guard let address else { return nil }
    if case .internet(let host, _) = address, !isLoopback(host), !read.isSet {
      section.problem(
        "listen",
        "other machines can connect to \(host), and anybody there could read everything; add"
          + " read_token: {credential: NAME}, or listen at 127.0.0.1")
    }
    return WebSettings(
      address: address, readToken: read.secret, writeToken: write.secret, hosts: hosts,
      publicURL: publicURL)
  }

  /// The least length of a token: 128 bits in hexadecimal digits have twice as many.
  private static let minimumTokenBytes = 16

  private static func address(from section: SettingsSection, folder: String) -> Address? {
    guard
      let text = section.requiredString(
        "listen", because: "write an address and a port, such as 127.0.0.1:9780")
    else { return nil }
    if text == "systemd" { return .systemd }
    if text.hasPrefix("unix:") {
      let path = String(text.dropFirst("unix:".count))
      guard !path.isEmpty, path.utf8.count <= 107 else {
        section.problem("listen", "the path of a Unix socket has 1 to 107 bytes")
        return nil
      }
      return .unix(path: path.hasPrefix("/") ? path : folder + path)
    }
    guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]),
      port > 0
    else {
      section.problem(
        "listen",
        "\(text.quoted) is not an address; write 127.0.0.1:9780, [::1]:9780, unix:PATH or"
          + " systemd")
      return nil
    }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    if host == "localhost" { host = "127.0.0.1" }
    let isNumeric =
      !host.isEmpty
      && host.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
          UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "."), UInt8(ascii: ":"):
          true
        default: false
        }
      } && (host.contains(".") || host.contains(":"))
    guard isNumeric else {
      section.problem(
        "listen", "\(host.quoted) is not a numeric address; write 127.0.0.1, 0.0.0.0 or [::1]")
      return nil
    }
    return .internet(host: host, port: port)
  }

  private static func publicURL(from section: SettingsSection) -> String? {
    guard var url = section.string("public_url") else { return nil }
    guard url.hasPrefix("https://") || url.hasPrefix("http://"), host(ofURL: url) != nil else {
      section.problem("public_url", "write a URL such as https://fx.example.org")
      return nil
    }
    while url.hasSuffix("/") { url.removeLast() }
    return url
  }

  private static func host(ofURL url: String) -> String? {
    let rest = url.split(separator: "/", omittingEmptySubsequences: false).dropFirst(2).first
    guard let authority = rest else { return nil }
    let name = authority.split(separator: ":", omittingEmptySubsequences: false).first ?? ""
    return isHost(String(name)) ? name.lowercased() : nil
  }

  private static func isHost(_ name: String) -> Bool {
    (1...253).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }

  private static func isLoopback(_ host: String) -> Bool { host.hasPrefix("127.") || host == "::1" }
}
