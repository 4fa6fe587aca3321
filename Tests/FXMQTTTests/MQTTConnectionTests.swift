import FXCore
import FXMQTT
import Foundation
import Support
import Testing

@Suite(
  "A connection to mosquitto",
  .enabled(if: MosquittoServer.isPossible, Comment(rawValue: MosquittoServer.needed)),
  .timeLimit(.minutes(2)))
struct MQTTConnectionTests {
  private static let short = {
    var limits = MQTTConnection.Limits()
    limits.connecting = .milliseconds(500)
    limits.total = .seconds(1)
    return limits
  }()

  @Test(
    "delivers with each quality, with identifier and type", arguments: MQTTMessage.Quality.allCases)
  func delivered(quality: MQTTMessage.Quality) async throws {
    let server = try await MosquittoServer()
    let subscriber = try await server.subscriber(to: "fx/#", format: "%t|%C|%P|%p")
    let connection = MQTTConnection(to: broker(server))
    for number in 1...3 {
      var message = Self.message("fx/events", "{\"n\":\(number)}", quality)
      message.contentType = "application/json"
      message.id = "evt_\(number)"
      let receipt = try await connection.publish(message)
      #expect(receipt.hasSubscribers)
    }
    let lines = try await subscriber.output.first(3)
    #expect(
      lines
        == (1...3).map { "fx/events|application/json|webhook-id:evt_\($0)|{\"n\":\($0)}" })
    #expect(
      server.log.all.count { $0.contains("New client connected") && $0.contains("as fxwatch-") }
        == 1)
  }

  @Test("delivers many messages at once over one connection")
  func many() async throws {
    let server = try await MosquittoServer()
    let subscriber = try await server.subscriber(to: "fx/#", format: "%p")
    let connection = MQTTConnection(to: broker(server))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...1000 {
        group.addTask { _ = try await connection.publish(Self.message("fx/a", "\(number)")) }
      }
      try await group.waitForAll()
    }
    let lines = try await subscriber.output.first(1000)
    #expect(Set(lines).count == 1000)
  }

  @Test("reports that no client has subscribed")
  func alone() async throws {
    let server = try await MosquittoServer()
    let receipt = try await MQTTConnection(to: broker(server)).publish(Self.message("fx/a", "1"))
    #expect(!receipt.hasSubscribers)
  }

  @Test("needs the right password, and a topic that the user may publish to")
  func refused() async throws {
    var manners = MosquittoServer.Manners()
    manners.hasPassword = true
    let server = try await MosquittoServer(manners)
    var broker = broker(server)
    broker.user = MosquittoServer.user
    broker.password = Secret("wrong")
    await #expect(throws: MQTTFailure.signInRefused(.notAuthorized)) {
      try await MQTTConnection(to: broker).publish(Self.message("fx/a", "1"))
    }
    broker.password = Secret(MosquittoServer.password)
    let connection = MQTTConnection(to: broker)
    _ = try await connection.publish(Self.message("fx/a", "1"))
    await #expect(throws: MQTTFailure.refused(.notAuthorized)) {
      try await connection.publish(Self.message("other/a", "1"))
    }
    _ = try await connection.publish(Self.message("fx/a", "2"))
  }

  @Test("refuses a message that is larger than the broker takes, and goes on")
  func oversize() async throws {
    var manners = MosquittoServer.Manners()
    manners.maximumPacket = 2000
    let server = try await MosquittoServer(manners)
    let connection = MQTTConnection(to: broker(server))
    let large = String(repeating: "x", count: 5000)
    await #expect(throws: MQTTFailure.tooLarge(bytes: 5000)) {
      try await connection.publish(Self.message("fx/a", large))
    }
    _ = try await connection.publish(Self.message("fx/a", "small"))
  }

  @Test("that is not there is a failure at once")
  func missing() async throws {
    let port = try MosquittoServer.freePort()
    let broker = MQTTBroker(host: "127.0.0.1", port: UInt16(port), isEncrypted: false)
    await #expect(throws: MQTTFailure.connectionFailed(reason: "Connection refused")) {
      try await MQTTConnection(to: broker).publish(Self.message("fx/a", "1"))
    }
    let unknown = MQTTBroker(host: "no.such.host.invalid", port: 1883, isEncrypted: false)
    await #expect(throws: MQTTFailure.unresolvable(host: "no.such.host.invalid")) {
      try await MQTTConnection(to: unknown).publish(Self.message("fx/a", "1"))
    }
  }

  // MARK: TLS

  @Test("is encrypted, and trusts the authority that the settings name")
  func encrypted() async throws {
    let server = try await MosquittoServer(Self.secure("localhost"))
    var broker = broker(server, host: "localhost", isEncrypted: true)
    broker.authoritiesFile = server.authoritiesFile
    let connection = MQTTConnection(to: broker)
    _ = try await connection.publish(Self.message("fx/a", "1"))
    _ = try await connection.publish(Self.message("fx/a", "2", .exactlyOnce))
  }

  @Test("is refused where the certificate is not trusted, or is for another name")
  func untrusted() async throws {
    let server = try await MosquittoServer(Self.secure("bank.example"))
    var broker = broker(server, host: "localhost", isEncrypted: true)
    await #expect(
      throws: MQTTFailure.tls(
        reason: "the broker's certificate is not trusted; set its authority as tls: {ca: FILE}")
    ) {
      try await MQTTConnection(to: broker).publish(Self.message("fx/a", "1"))
    }
    broker.authoritiesFile = server.authoritiesFile
    await #expect(
      throws: MQTTFailure.tls(reason: "the broker's certificate is for another name than localhost")
    ) {
      try await MQTTConnection(to: broker).publish(Self.message("fx/a", "1"))
    }
    broker.authoritiesFile = "/nowhere/ca.pem"
    await #expect(throws: MQTTFailure.tls(reason: "cannot read /nowhere/ca.pem; correct 'ca'")) {
      try await MQTTConnection(to: broker).publish(Self.message("fx/a", "1"))
    }
  }

  @Test("signs in with a certificate to a broker that requires one")
  func certificate() async throws {
    let server = try await MosquittoServer(Self.secure("localhost", requiresCertificate: true))
    var broker = broker(server, host: "localhost", isEncrypted: true)
    broker.authoritiesFile = server.authoritiesFile
    broker.certificateFile = server.clientCertificateFile
    broker.key = Secret(try String(contentsOfFile: server.clientKeyFile, encoding: .utf8))
    let connection = MQTTConnection(to: broker)
    _ = try await connection.publish(Self.message("fx/a", "1"))
    _ = try await connection.publish(Self.message("fx/a", "2", .exactlyOnce))
    try await server.log.wait(for: "the client's certificate") { lines in
      lines.contains { $0.contains("Received PUBLISH") }
    }
  }

  @Test(
    "is refused without a certificate, or with one of another authority, by a broker that requires one"
  )
  func withoutCertificate() async throws {
    let server = try await MosquittoServer(Self.secure("localhost", requiresCertificate: true))
    let other = try await MosquittoServer(Self.secure("localhost", requiresCertificate: true))
    var broker = broker(server, host: "localhost", isEncrypted: true)
    broker.authoritiesFile = server.authoritiesFile
    // The broker closes the connection: whether its reason arrives before is a matter of chance.
    await #expect(throws: MQTTFailure.self) {
      try await MQTTConnection(to: broker).publish(Self.message("fx/a", "1"))
    }
    broker.certificateFile = other.clientCertificateFile
    broker.key = Secret(try String(contentsOfFile: other.clientKeyFile, encoding: .utf8))
    await #expect(throws: MQTTFailure.self) {
      try await MQTTConnection(to: broker).publish(Self.message("fx/a", "1"))
    }
    #expect(server.log.all.allSatisfy { !$0.contains("Received CONNECT") })
    broker.certificateFile = "/nowhere/client.pem"
    await #expect(
      throws: MQTTFailure.tls(reason: "cannot read /nowhere/client.pem; correct 'certificate'")
    ) {
      try await MQTTConnection(to: broker).publish(Self.message("fx/a", "1"))
    }
  }

  @Test("with TLS to a port without it is a failure that names the cause")
  func notEncrypted() async throws {
    let server = try await MosquittoServer()
    let broker = broker(server, isEncrypted: true)
    await #expect(throws: MQTTFailure.self) {
      try await MQTTConnection(to: broker, within: Self.short).publish(Self.message("fx/a", "1"))
    }
  }

  // MARK: Losses

  @Test("to a broker that is killed before it confirms is lost, and made anew for the next message")
  func killed() async throws {
    let server = try await MosquittoServer()
    let connection = MQTTConnection(to: broker(server))
    _ = try await connection.publish(Self.message("fx/a", "1"))
    server.freeze()
    let lost = Task { try await connection.publish(Self.message("fx/a", "2")) }
    await connection.untilWaiting()
    server.kill()
    await #expect(throws: MQTTFailure.self) { try await lost.value }
    let next = try await MosquittoServer(port: server.port)
    let subscriber = try await next.subscriber(to: "fx/#")
    _ = try await connection.publish(Self.message("fx/a", "3"))
    // The lost message is not repeated by the connection, but by the outbox.
    #expect(try await subscriber.output.first(1) == ["fx/a 3"])
  }

  @Test("to a broker that never answers fails in time, and the next message makes a new one")
  func silent() async throws {
    let server = try await MosquittoServer()
    let connection = MQTTConnection(to: broker(server), within: Self.short)
    _ = try await connection.publish(Self.message("fx/a", "1"))
    server.freeze()
    await #expect(throws: MQTTFailure.notConfirmed(within: .seconds(1))) {
      try await connection.publish(Self.message("fx/a", "2"))
    }
    await #expect(throws: MQTTFailure.notConnected(within: .milliseconds(500))) {
      try await connection.publish(Self.message("fx/a", "3"))
    }
    server.resume()
    _ = try await connection.publish(Self.message("fx/a", "4"))
  }

  @Test("ends the wait for a confirmation when the task is cancelled")
  func cancelled() async throws {
    let server = try await MosquittoServer()
    let connection = MQTTConnection(to: broker(server))
    _ = try await connection.publish(Self.message("fx/a", "1"))
    server.freeze()
    let task = Task { try await connection.publish(Self.message("fx/a", "2")) }
    await connection.untilWaiting()
    task.cancel()
    await #expect(throws: MQTTFailure.cancelled) { try await task.value }
    server.resume()
  }

  @Test("leaves a will when its process ends, and none when it is closed")
  func will() async throws {
    let server = try await MosquittoServer()
    let subscriber = try await server.subscriber(to: "fx/#")
    var broker = broker(server)
    broker.will = Self.message("fx/status", "offline")
    let connection = MQTTConnection(to: broker)
    _ = try await connection.publish(Self.message("fx/status", "online"))
    await connection.close()
    do {
      let lost = MQTTConnection(to: broker)
      _ = try await lost.publish(Self.message("fx/status", "back"))
    }
    let lines = try await subscriber.output.first(3)
    #expect(lines == ["fx/status online", "fx/status back", "fx/status offline"])
  }

  @Test("brings what others publish, and what the broker has kept")
  func subscribed() async throws {
    let server = try await MosquittoServer()
    let arrivals = EventLog<MQTTArrival>("arrivals")
    let other = MQTTConnection(to: broker(server))
    _ = try await other.publish(Self.message("fx/kept", "old", isRetained: true))
    let connection = MQTTConnection(to: broker(server), onArrival: { arrivals.append($0) })
    try await connection.subscribe(to: "fx/#")
    let kept = try await arrivals.first(1)
    #expect(kept.map(\.topic) == ["fx/kept"])
    #expect(kept.map(\.isRetained) == [true])
    _ = try await other.publish(
      Self.message("fx/new", "\u{0}" + String(repeating: "y", count: 999)))
    let all = try await arrivals.first(2)
    #expect(all[1].topic == "fx/new")
    #expect(all[1].payload.count == 256)
    #expect(!all[1].isRetained)
  }

  // MARK: Other brokers

  @Test("speaks MQTT 3.1.1 with a broker that knows no newer version", arguments: [true, false])
  func older(answers: Bool) async throws {
    let server = try OldBroker(refusesWithCode: answers)
    let broker = MQTTBroker(host: "127.0.0.1", port: server.port, isEncrypted: false)
    let connection = MQTTConnection(to: broker)
    _ = try await connection.publish(Self.message("fx/a", "1"))
    _ = try await connection.publish(Self.message("fx/a", "2"))
    #expect(server.connections.all == [5, 4])
  }

  @Test("to a server of another protocol is a failure")
  func otherProtocol() async throws {
    let server = try LoopbackServer { _ in .text("hello") }
    let broker = MQTTBroker(host: "127.0.0.1", port: UInt16(server.port), isEncrypted: false)
    await #expect(throws: MQTTFailure.self) {
      try await MQTTConnection(to: broker, within: Self.short).publish(Self.message("fx/a", "1"))
    }
  }

  @Test("that sends more than any broker has to is lost")
  func flooding() async throws {
    let ends = EventLog<Bool>("ends of connections")
    let server = try RawServer { client in
      guard OldBroker.packet(from: client) != nil else { return }
      // CONNACK of MQTT 5, and a PUBLISH of 256 MiB with an empty topic, of which 9 MiB arrive at once.
      RawServer.write([0x20, 3, 0, 0, 0, 0x30, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0], to: client)
      RawServer.write([UInt8](repeating: 0, count: 9 << 20), to: client)
      var ending = pollfd(fd: client, events: 0, revents: 0)
      while poll(&ending, 1, 5) == 0, RawServer.write([0], to: client) {}
      ends.append(true)
    }
    let broker = MQTTBroker(host: "127.0.0.1", port: server.port, isEncrypted: false)
    await #expect(throws: MQTTFailure.lost(reason: "the broker sent more than 8 MiB")) {
      try await MQTTConnection(to: broker).subscribe(to: "fx/#")
    }
    let ended = try await ends.first(1)
    #expect(ended == [true])
  }

  // MARK: Helpers

  private func broker(
    _ server: MosquittoServer, host: String = "127.0.0.1", isEncrypted: Bool = false
  ) -> MQTTBroker {
    MQTTBroker(host: host, port: UInt16(server.port), isEncrypted: isEncrypted)
  }

  private static func secure(
    _ name: String, requiresCertificate: Bool = false
  ) -> MosquittoServer.Manners {
    var manners = MosquittoServer.Manners()
    manners.requiresCertificate = requiresCertificate
    manners.certificateName = name
    return manners
  }

  private static func message(
    _ topic: String, _ text: String, _ quality: MQTTMessage.Quality = .atLeastOnce,
    isRetained: Bool = false
  ) -> MQTTMessage {
    MQTTMessage(
      topic: topic, payload: Array(text.utf8), quality: quality, isRetained: isRetained)
  }
}

extension MQTTConnection {
  /// Returns once a request waits for its answer.
  fileprivate func untilWaiting() async {
    while !isWaiting { await Task.yield() }
  }
}
