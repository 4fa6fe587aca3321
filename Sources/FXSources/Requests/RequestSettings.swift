import FXCore

/// The settings that describe one request, as the config states them.
enum RequestSettings {
  /// The headers of a request: those with their values, and those whose value is a secret.
  struct Headers {
    var plain: [HTTPHeader] = []
    var secret: [SecretHeader] = []
  }

  /// Reads `headers`; a value is a text, or `{credential: NAME}`.
  static func headers(in section: SettingsSection) -> Headers {
    var result = Headers()
    guard let headers = section.section("headers") else { return result }
    for name in headers.keys {
      if case .map? = headers.node(name)?.value {
        if let secret = headers.secret(name) { result.secret.append(.init(name, secret)) }
        continue
      }
      let header = headers.value(
        name, expected: "a header value: printable ASCII on one line"
      ) { text in
        text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } ? HTTPHeader(name, text) : nil
      }
      if let header { result.plain.append(header) }
    }
    return result
  }

  /// Reads an address with the placeholders of `names`; nil if it is wrong, which is then reported.
  static func url(
    of text: String, in section: SettingsSection, names: Set<String> = []
  ) -> String? {
    let template = AddressTemplate(text, names: names)
    if let name = template?.leadingName, names.contains(name) { return text }
    guard WebAddress(text) != nil else {
      section.problem(
        "url",
        "'\(text)' is not a valid URL; use http or https without a password, such as"
          + " https://bank.example/rates.xml")
      return nil
    }
    guard let template else {
      section.problem(
        "url",
        "unknown placeholder in '\(text)'; write days as {day:yyyy-mm-dd} or {day-7:dd.mm.yyyy},"
          + " and the secret as {key}")
      return nil
    }
    guard !template.hasNameInHost else {
      section.problem(
        "url",
        "a text of a response cannot be a part of the host in '\(text)'; write the host, or a"
          + " placeholder for the whole address")
      return nil
    }
    return text
  }

  /// Reads `redirects`: other hosts that may be requested.
  static func redirectHosts(in section: SettingsSection) -> Set<String> {
    var hosts: Set<String> = []
    for (text, mark) in section.strings("redirects") ?? [] {
      if WebAddress("https://\(text)/")?.host == text.lowercased() {
        hosts.insert(text.lowercased())
      } else {
        section.problem(
          "redirects", at: mark, "'\(text)' is not a host name; write it like www.bank.example")
      }
    }
    return hosts
  }

  /// True if a text can be the name of a placeholder.
  static func isName(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == 0x5F }
  }
}
