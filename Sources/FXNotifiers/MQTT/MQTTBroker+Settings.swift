import FXCore

extension MQTTBroker {
  /// Reads `url`, `tls`, `user`, `password` and `client_id`; nil after reporting a problem.
  static func read(_ section: SettingsSection, _ context: NotifierContext) -> MQTTBroker? {
    let broker = address(section)
    let tls = tls(section, context, isEncrypted: broker?.isEncrypted)
    let user = text("user", section)
    let clientID = text("client_id", section)
    var password: Secret?
    if section.node("password") != nil {
      password = context.requiredSecret("password", of: section, because: "")
      if password == nil { return nil }
      if user == nil {
        section.problem(
          nil, "'user' is missing; write the user name that belongs to the password")
      }
      if let broker, !broker.isEncrypted, !broker.isLocal {
        section.problem(
          "url", "the password is sent without encryption; use mqtts:// if the broker offers it",
          isWarning: true)
      }
    }
    guard var broker else { return nil }
    guard let tls else { return nil }
    broker.authoritiesFile = tls.authoritiesFile
    broker.certificateFile = tls.certificateFile
    broker.key = tls.key
    broker.user = user
    broker.password = password
    broker.clientID = clientID
    return broker
  }

  /// True for a broker on this machine.
  private var isLocal: Bool { ["localhost", "127.0.0.1", "::1"].contains(host) }

  /// Reads `mqtt://HOST:PORT` or `mqtts://HOST:PORT`; nil after reporting a problem.
  private static func address(_ section: SettingsSection) -> MQTTBroker? {
    let text = section.requiredString(
      "url", because: "write the broker's address, such as mqtt://broker.example")
    guard let text else { return nil }
    if text.contains("@") {
      section.problem(
        "url",
        "the address contains a user name or a password; write them as 'user' and"
          + " password: {credential: NAME}")
      return nil
    }
    guard let broker = MQTTBroker(text) else {
      section.problem(
        "url",
        "\(text.quoted) is not the address of a broker; write it like mqtt://broker.example:1883 or"
          + " mqtts://broker.example")
      return nil
    }
    return broker
  }

  /// Reads an address; the ports are 1883 and 8883 by default (MQTT 5.0 section 4.2).
  init?(_ text: String) {
    let schemes = [("mqtt://", false, UInt16(1883)), ("mqtts://", true, UInt16(8883))]
    guard let (scheme, isEncrypted, usual) = schemes.first(where: { text.hasPrefix($0.0) }) else {
      return nil
    }
    var host = text.dropFirst(scheme.count)
    if host.hasSuffix("/") { host = host.dropLast() }
    var port: UInt16? = usual
    if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
      port = UInt16(host[host.index(after: colon)...])
      host = host[..<colon]
    }
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = host.dropFirst().dropLast() }
    let isHost =
      (1...253).contains(host.utf8.count)
      && host.allSatisfy { character in
        character.isASCII
          && (character.isLetter || character.isNumber || "-._".contains(character)
            || isBracketed && ":%".contains(character))
      }
    guard isHost, let port, port > 0 else { return nil }
    self.init(host: String(host), port: port, isEncrypted: isEncrypted)
  }

  /// The settings of TLS.
  private struct TLS {
    var authoritiesFile: String?
    var certificateFile: String?
    var key: Secret?
  }

  /// Reads `tls: {ca: FILE, certificate: FILE, key: {credential: NAME}}`; nil if the key cannot be read.
  private static func tls(
    _ section: SettingsSection, _ context: NotifierContext, isEncrypted: Bool?
  ) -> TLS? {
    guard let tls = section.section("tls") else { return TLS() }
    var settings = TLS()
    settings.authoritiesFile = tls.path("ca")
    settings.certificateFile = tls.path("certificate")
    let hasKey = tls.node("key") != nil
    if hasKey { settings.key = context.requiredSecret("key", of: tls, because: "") }
    tls.finish()
    if isEncrypted == false {
      section.problem("tls", "mqtt:// is not encrypted; write mqtts:// in 'url', or remove 'tls'")
    }
    if hasKey, settings.certificateFile == nil {
      tls.problem(nil, "'certificate' is missing; name the file with the certificate of the key")
    } else if !hasKey, settings.certificateFile != nil {
      tls.problem(
        nil, "'key' is missing; write the private key of the certificate as {credential: NAME}")
    }
    if let key = settings.key?.reveal(), key.contains("ENCRYPTED") {
      // The library would ask for the passphrase on the terminal.
      tls.problem("key", "the key has a passphrase; use one without, which others cannot read")
    }
    return hasKey && settings.key == nil ? nil : settings
  }

  /// Reads a text of a packet: 1 to 255 bytes without control characters.
  private static func text(_ key: String, _ section: SettingsSection) -> String? {
    section.value(key, expected: "a text of 1 to 255 bytes without control characters") { text in
      let isText =
        (1...255).contains(text.utf8.count)
        && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
      return isText ? text : nil
    }
  }
}
