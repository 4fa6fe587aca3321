import CMosquitto
import FXCore
import FXSystem
import Glibc

/// One connection to a broker, which does not block except to begin; its caller waits for the socket.
///
/// Not Sendable: handed from the thread on which it begins to the lane on which it goes on.
final class MosquittoClient {
  /// The versions of the protocol.
  enum Version: Int32 {
    case five = 5
    case three = 4
  }

  /// The time without a message after which the client sends a PINGREQ; the broker ends the connection
  /// after one and a half times as long (MQTT 5.0 section 3.1.2.10).
  static let keepAlive: Duration = .seconds(30)

  /// The most bytes that are received over one connection: confirmations of a million messages.
  ///
  /// libmosquitto allocates whatever length a packet announces, up to 256 MiB, and fills it as it arrives;
  /// the count is checked each time it has read all there is, which a network is too slow to prevent.
  static let maximumReceived: UInt64 = 8 << 20

  /// The reason of a loss for which the broker sent none.
  static let closed = "the broker closed the connection"

  let version: Version
  private let broker: MQTTBroker
  private let functions: fx_mosquitto
  private let raw: OpaquePointer
  private let events = MosquittoEvents()

  /// The private key of the client's certificate, which the library reads when it connects.
  private var keyFile: MemoryFile?

  /// A client that has not begun to connect.
  init(_ broker: MQTTBroker, _ version: Version) throws(MQTTFailure) {
    let functions = try LibMosquitto.functions()
    let name = broker.clientID ?? "fxwatch-\(String(UInt32.random(in: 0...(.max)), radix: 16))"
    let context = Unmanaged.passUnretained(events).toOpaque()
    guard let raw = functions.mosquitto_new(name, true, context) else {
      throw .unusable(reason: "'client_id' is invalid, or memory is short")
    }
    self.version = version
    self.broker = broker
    self.functions = functions
    self.raw = raw
    MosquittoEvents.listen(to: raw, functions)
    try configure()
  }

  deinit { functions.mosquitto_destroy(raw) }

  private func configure() throws(MQTTFailure) {
    try check(functions.mosquitto_int_option(raw, MOSQ_OPT_PROTOCOL_VERSION, version.rawValue))
    try check(functions.mosquitto_int_option(raw, MOSQ_OPT_TCP_NODELAY, 1))
    if let user = broker.user {
      try check(functions.mosquitto_username_pw_set(raw, user, broker.password?.reveal()))
    }
    if broker.isEncrypted {
      if broker.authoritiesFile != nil || broker.certificateFile != nil { try setCertificates() }
      try check(functions.mosquitto_int_option(raw, MOSQ_OPT_TLS_USE_OS_CERTS, 1))
    }
    if let will = broker.will {
      let code = functions.mosquitto_will_set_v5(
        raw, will.topic, Int32(will.payload.count), will.payload, will.quality.rawValue,
        will.isRetained, nil)
      try check(code)
    }
  }

  /// The authorities of the system, which the library requires where no others are set.
  private static let systemAuthorities = "/etc/ssl/certs"

  private func setCertificates() throws(MQTTFailure) {
    for (key, file) in [("ca", broker.authoritiesFile), ("certificate", broker.certificateFile)] {
      guard let file, access(file, R_OK) != 0 else { continue }
      throw .tls(reason: "cannot read \(file); correct '\(key)'")
    }
    do throws(SystemError) {
      keyFile = try broker.key.map { key throws(SystemError) in
        try MemoryFile(key.reveal() + "\n")
      }
    } catch {
      throw .tls(reason: "cannot keep the key in memory: \(error)")
    }
    let code = functions.mosquitto_tls_set(
      raw, broker.authoritiesFile, broker.authoritiesFile == nil ? Self.systemAuthorities : nil,
      broker.certificateFile, keyFile?.path, nil)
    if code != MOSQ_ERR_SUCCESS.code {
      throw .tls(reason: "the files of 'tls' cannot be used: \(text(of: code))")
    }
  }

  /// Resolves the name and begins to connect; blocks while the name is resolved.
  func begin() throws(MQTTFailure) {
    let seconds = Int32(Self.keepAlive.components.seconds)
    let code = functions.mosquitto_connect_bind_async(
      raw, broker.host, Int32(broker.port), seconds, nil)
    let reason = errno
    switch code {
    case MOSQ_ERR_SUCCESS.code: return
    case MOSQ_ERR_EAI.code: throw .unresolvable(host: broker.host)
    case MOSQ_ERR_TLS.code: throw .tls(reason: tlsReason)
    case MOSQ_ERR_ERRNO.code: throw .connectionFailed(reason: "\(Self.text(ofError: reason))")
    default: throw .connectionFailed(reason: text(of: code))
    }
  }

  /// The socket; -1 without one.
  var socket: Int32 { functions.mosquitto_socket(raw) }

  /// True if the broker has sent more than a connection may receive.
  var hasReceivedTooMuch: Bool {
    TCPConnection.bytesReceived(by: socket) > Self.maximumReceived
  }

  /// True if bytes wait to be written.
  var mustWrite: Bool { functions.mosquitto_want_write(raw) }

  /// Reads what has arrived; returns its events, and the error that ended the connection, if any.
  func read() -> ([MosquittoEvent], MQTTFailure?) {
    let code = functions.mosquitto_loop_read(raw, 1)
    let failure = loss(code, errno)
    return (events.removeAll(), failure)
  }

  /// Writes what waits.
  func write() -> ([MosquittoEvent], MQTTFailure?) {
    let code = functions.mosquitto_loop_write(raw, 1)
    let failure = loss(code, errno)
    return (events.removeAll(), failure)
  }

  /// Sends a PINGREQ if one is due; returns a loss if the last one was not answered.
  func keepAlive() -> ([MosquittoEvent], MQTTFailure?) {
    let code = functions.mosquitto_loop_misc(raw)
    let failure = loss(code, errno)
    return (events.removeAll(), failure)
  }

  /// Begins to publish; returns the number of the message.
  func publish(_ message: MQTTMessage) throws(MQTTFailure) -> Int32 {
    var properties: OpaquePointer?
    defer { functions.mosquitto_property_free_all(&properties) }
    if version == .five {
      if let type = message.contentType {
        let name = Int32(MQTT_PROP_CONTENT_TYPE.rawValue)
        try check(functions.mosquitto_property_add_string(&properties, name, type))
      }
      if let id = message.id {
        let name = Int32(MQTT_PROP_USER_PROPERTY.rawValue)
        try check(
          functions.mosquitto_property_add_string_pair(&properties, name, "webhook-id", id))
      }
    }
    var number: Int32 = 0
    let code = functions.mosquitto_publish_v5(
      raw, &number, message.topic, Int32(message.payload.count), message.payload,
      message.quality.rawValue, message.isRetained, properties)
    switch code {
    case MOSQ_ERR_SUCCESS.code: return number
    case MOSQ_ERR_OVERSIZE_PACKET.code, MOSQ_ERR_PAYLOAD_SIZE.code:
      throw .tooLarge(bytes: message.payload.count)
    case MOSQ_ERR_QOS_NOT_SUPPORTED.code: throw .refused(.noQuality)
    case MOSQ_ERR_RETAIN_NOT_SUPPORTED.code: throw .refused(.noRetain)
    case MOSQ_ERR_INVAL.code, MOSQ_ERR_MALFORMED_UTF8.code: throw .refused(.invalidTopic)
    default: throw .lost(reason: text(of: code))
    }
  }

  /// Begins to subscribe; returns the number of the request.
  func subscribe(to filter: String) throws(MQTTFailure) -> Int32 {
    var number: Int32 = 0
    let code = functions.mosquitto_subscribe_v5(raw, &number, filter, 1, 0, nil)
    guard code == MOSQ_ERR_SUCCESS.code else { throw .lost(reason: text(of: code)) }
    return number
  }

  /// Sends a DISCONNECT, so that the broker does not publish the will.
  func disconnect() { _ = functions.mosquitto_disconnect(raw) }

  // MARK: Errors

  private func loss(_ code: Int32, _ reason: Int32) -> MQTTFailure? {
    switch code {
    case MOSQ_ERR_SUCCESS.code, MOSQ_ERR_CONN_PENDING.code: nil
    case MOSQ_ERR_TLS.code, MOSQ_ERR_TLS_HANDSHAKE.code: .tls(reason: tlsReason)
    case MOSQ_ERR_ERRNO.code where reason == EPROTO && broker.isEncrypted: .tls(reason: tlsReason)
    case MOSQ_ERR_ERRNO.code: .lost(reason: Self.text(ofError: reason))
    case MOSQ_ERR_KEEPALIVE.code: .lost(reason: "the broker does not answer pings")
    case MOSQ_ERR_CONN_LOST.code: .lost(reason: Self.closed)
    case MOSQ_ERR_PROTOCOL.code, MOSQ_ERR_MALFORMED_PACKET.code:
      .lost(reason: "the answer is not MQTT; correct host and port")
    default: .lost(reason: text(of: code))
    }
  }

  /// The reason of a TLS error: a sentence for a known cause, else the library's last line about errors.
  private var tlsReason: String {
    func isLogged(_ text: String) -> Bool { events.errors.contains { $0.contains(text) } }
    if isLogged("host name verification") {
      return "the broker's certificate is for another name than \(broker.host)"
    }
    if isLogged("certificate verify failed") || isLogged("self-signed certificate") {
      return "the broker's certificate is not trusted; set its authority as tls: {ca: FILE}"
    }
    if isLogged("certificate required") || isLogged("peer did not return a certificate") {
      return
        "the broker requires a certificate; set tls: {certificate: FILE, key: {credential: NAME}}"
    }
    if isLogged("alert unknown ca") || isLogged("alert bad certificate") {
      return "the broker does not accept the certificate; use one of an authority that it trusts"
    }
    if isLogged("wrong version number") {
      return "the port does not speak TLS; correct it, or use mqtt:// instead of mqtts://"
    }
    // TLS 1.3 reports a missing certificate after the handshake, often without a reason.
    return events.errors.last
      ?? (broker.certificateFile == nil
        ? "the broker ended the handshake; if it requires a certificate, set tls: {certificate: FILE,"
          + " key: {credential: NAME}}"
        : "the broker ended the handshake; use a certificate of an authority that it trusts")
  }

  private func check(_ code: Int32) throws(MQTTFailure) {
    if code != MOSQ_ERR_SUCCESS.code { throw .unusable(reason: text(of: code)) }
  }

  private func text(of code: Int32) -> String {
    functions.mosquitto_strerror(code).map { String(cString: $0) } ?? "error \(code)"
  }

  private static func text(ofError code: Int32) -> String { String(cString: strerror(code)) }
}

extension mosq_err_t {
  /// The number that functions return.
  fileprivate var code: Int32 { Int32(rawValue) }
}
