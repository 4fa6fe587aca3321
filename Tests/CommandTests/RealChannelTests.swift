import FXCore
import Foundation
import Support
import Testing

@Suite("A test through a real program of another project", .timeLimit(.minutes(5)))
struct RealChannelTests {
  private static let syslog = "/usr/sbin/rsyslogd"
  private static let apprise = "/usr/bin/apprise"

  @Test(
    "reaches rsyslog over TCP and UDP, which reads the fields of RFC 5424",
    .enabled(if: FileManager.default.fileExists(atPath: syslog), "rsyslog is needed"))
  func rsyslog() async throws {
    let installation = try Installation()
    let scratch = installation.scratch
    let free = try LoopbackServer { _ in .closed }
    let port = free.port
    free.stop()
    let output = scratch.file("messages")
    let settings = try scratch.write(
      """
      module(load="imtcp")
      input(type="imtcp" port="\(port)" address="127.0.0.1")
      module(load="imudp")
      input(type="imudp" port="\(port)" address="127.0.0.1")
      template(name="fields" type="string"
        string="%pri% %app-name% %msgid% %structured-data% %msg%\\n")
      action(type="omfile" file="\(output)" template="fields")

      """, to: "rsyslog.conf")
    let server = try ChildProcess(
      Self.syslog, ["-n", "-f", settings, "-i", scratch.file("pid")], directory: scratch.path)
    try installation.configure(
      sources: [("ecb", "{preset: ecb}")],
      notifiers: [
        ("stream", "{type: syslog, server: \"tcp://127.0.0.1:\(port)\", facility: local3}"),
        ("datagrams", "{type: syslog, server: \"udp://localhost:\(port)\", format: logfmt}"),
      ])
    var sent = false
    for _ in 1...100 where !sent {
      sent = try await installation.command("notify", "test", "stream").status == 0
    }
    #expect(sent)
    let line = "158 fxwatch test.ping [origin software=\"fxwatch\"] "
    #expect(try String(contentsOfFile: output, encoding: .utf8).contains(line))
    var text = ""
    for _ in 1...50 where !text.contains("30 fxwatch test.ping") {
      #expect(try await installation.command("notify", "test", "datagrams").status == 0)
      text = try String(contentsOfFile: output, encoding: .utf8)
    }
    #expect(text.contains("type=test.ping"))
    #expect(text.contains("fxwatch reaches 'stream'"))
    server.kill()
    _ = try await server.ending()
    #expect(try await installation.command("notify", "test", "stream").status == 1)
  }

  @Test(
    "reaches the services of Apprise, and its failure is one",
    .enabled(if: FileManager.default.fileExists(atPath: apprise), "apprise is needed"))
  func bridge() async throws {
    let receiver = try LoopbackServer { _ in .text("ok") }
    let installation = try Installation()
    let services = try installation.scratch.write(
      "json://127.0.0.1:\(receiver.port)/hook\n", to: "apprise.conf")
    try installation.configure(
      sources: [("ecb", "{preset: ecb}")],
      notifiers: [("bridge", "{type: apprise, config: \"\(services)\"}")])
    let done = try await installation.command("notify", "test", "bridge")
    #expect(done.status == 0, "\(done.errors)")
    let request = try #require(receiver.requests.first)
    let body = try JSONReader.read(request.body)
    #expect(body["title"]?.text == "test of notifier bridge")
    #expect(body["type"]?.text == "info")
    #expect(body["message"]?.text?.contains("fxwatch reaches 'bridge'") == true)
    receiver.answer { _ in .text("no", status: 500) }
    #expect(try await installation.command("notify", "test", "bridge").status == 1)
  }

  @Test("that runs a program is ended by Ctrl-C, with the program")
  func interrupted() async throws {
    let installation = try Installation()
    let file = installation.scratch.file("pid")
    let script = try installation.scratch.write(
      "#!/bin/sh\necho $$ > \(file).new; mv \(file).new \(file); exec sleep 600\n", to: "program")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script)
    try installation.configure(
      sources: [("ecb", "{preset: ecb}")],
      notifiers: [("program", "{type: command, command: \"\(script)\", timeout: 600s}")])
    let process = try installation.start("notify", "test", "program")
    while !FileManager.default.fileExists(atPath: file) { await Task.yield() }
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let pid = try #require(Int32(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    process.signal(2)
    #expect(try await process.ending().status == 130)
    // The program has ended; where nothing waits for orphans, it has no command line any more.
    while let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline"), !line.isEmpty {
      await Task.yield()
    }
  }
}
