/// A broker, and how a client signs in to it.
package struct MQTTBroker: Hashable, Sendable {
  /// The longest topic and the longest client identifier in bytes (MQTT 5.0 section 1.5.4).
  package static let maximumTextBytes = 65_535

  /// The name or address, IPv6 addresses without brackets.
  package let host: String

  package let port: UInt16

  /// True if the connection is encrypted from its first byte.
  package let isEncrypted: Bool

  /// A PEM file with certificate authorities besides the system's.
  package var authoritiesFile: String?

  /// A PEM file with the client's certificate, and those of its authorities that the broker lacks; nil if
  /// it signs in without one.
  package var certificateFile: String?

  /// The private key of that certificate, in PEM.
  package var key: Secret?

  package var user: String?
  package var password: Secret?

  /// The name of the client, of which the broker keeps one connection; nil for a random one.
  package var clientID: String?

  /// The message that the broker publishes when the connection is lost.
  package var will: MQTTMessage?

  /// A broker that is reached without a password.
  package init(host: String, port: UInt16, isEncrypted: Bool) {
    self.host = host
    self.port = port
    self.isEncrypted = isEncrypted
  }
}
