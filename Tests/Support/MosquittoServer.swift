import Foundation

/// A real broker of MQTT, mosquitto, on a port of its own, stopped with the test.
package final class MosquittoServer: Sendable {
  /// The features of a broker.
  package struct Manners: Sendable {
    /// True if it requires the user and the password below; the user may only publish below `fx/`.
    package var hasPassword = false

    /// The name its certificate is for; nil for a broker without TLS.
    package var certificateName: String?

    /// True if it takes clients with a certificate of its authority only.
    package var requiresCertificate = false

    /// The largest packet that it takes, in bytes; nil for any.
    package var maximumPacket: Int?

    /// An open broker.
    package init() {}
  }

  /// The reason why tests with a broker are skipped.
  package static let needed = "mosquitto, mosquitto-clients and openssl are needed"

  /// True if the programs are installed.
  package static let isPossible = [
    program, "/usr/bin/mosquitto_sub", "/usr/bin/mosquitto_passwd", "/usr/bin/openssl",
  ].allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }

  private static let program = "/usr/sbin/mosquitto"

  /// The user it knows, and the password.
  package static let user = "fxwatch"
  package static let password = "pl4nted-pa55word"

  package let port: Int

  /// The authority of its certificate.
  package let authoritiesFile: String

  /// A certificate of a client, signed by the authority, and its key.
  package var clientCertificateFile: String { scratch.file("client.pem") }
  package var clientKeyFile: String { scratch.file("client.key") }

  private let scratch: Scratch
  private let process: ChildProcess

  /// Starts a broker, on this port or on one that is free, and returns when it listens.
  package init(_ manners: Manners = Manners(), port: Int? = nil) async throws {
    scratch = try Scratch()
    self.port = try port ?? Self.freePort()
    authoritiesFile = scratch.file("authority.pem")
    var lines = [
      "listener \(self.port) 127.0.0.1", "log_dest stderr", "log_type all", "persistence false",
      getuid() == 0 ? "user root" : "",
    ]
    if manners.hasPassword {
      let file = scratch.file("passwords")
      _ = try Program.run(
        "/usr/bin/mosquitto_passwd", ["-b", "-c", file, Self.user, Self.password], errors: .dropped)
      let access = try scratch.write("user \(Self.user)\ntopic fx/#\n", to: "access")
      lines += ["allow_anonymous false", "password_file \(file)", "acl_file \(access)"]
    } else {
      lines.append("allow_anonymous true")
    }
    if let name = manners.certificateName {
      _ = try Program.run(
        "/bin/sh", ["-ec", TestCertificate.script, "sh", scratch.path, name], errors: .dropped)
      lines += [
        "certfile \(scratch.file("server.pem"))", "keyfile \(scratch.file("server.key"))",
      ]
      if manners.requiresCertificate {
        lines += ["cafile \(authoritiesFile)", "require_certificate true"]
      }
    }
    if let size = manners.maximumPacket { lines.append("max_packet_size \(size)") }
    let settings = try scratch.write(lines.joined(separator: "\n") + "\n", to: "settings")
    process = try ChildProcess(Self.program, ["-c", settings])
    try await log.wait(for: "its start") { $0.contains { $0.hasSuffix(" running") } }
  }

  /// The lines that it logs.
  package var log: EventLog<String> { process.errors }

  /// Ends it at once.
  package func kill() { process.kill() }

  /// Stops it with everything it has under way, until `resume`.
  package func freeze() { process.signal(SIGSTOP) }

  /// Lets it go on after `freeze`.
  package func resume() { process.signal(SIGCONT) }

  /// Returns a subscriber of an open broker, once it is subscribed; each message is a line `TOPIC PAYLOAD` or
  /// of another format of mosquitto_sub.
  package func subscriber(
    to filter: String, format: String = "%t %p", options: [String] = []
  ) async throws -> ChildProcess {
    let name = "subscriber-\(UUID().uuidString.prefix(8))"
    let process = try ChildProcess(
      "/usr/bin/mosquitto_sub",
      ["-p", "\(port)", "-i", name, "-V", "mqttv5", "-q", "1", "-t", filter, "-F", format]
        + options)
    try await log.wait(for: "a subscription") { lines in
      lines.contains { $0.hasSuffix("Sending SUBACK to \(name)") }
    }
    return process
  }

  /// Returns a port that nothing uses.
  package static func freePort() throws -> Int {
    let server = try LoopbackServer { _ in .closed }
    defer { server.stop() }
    return server.port
  }
}
