import Foundation
import Support
import Testing

@Suite("The page over reloads", .timeLimit(.minutes(5)))
struct WebReloadTests {
  @Test("An address that is in use fails the reload, and the page stays where it was")
  func occupied() async throws {
    let site = try await ServedSite()
    let other = try ServedSite.freePort()
    let occupying = try LoopbackServer(page: "")
    try site.listen(at: "127.0.0.1:\(try #require(URL(string: occupying.url)?.port))")
    let failed = try await site.installation.command(
      "reload", "--pid", "\(site.daemon.pid)")
    #expect(failed.status == 1)
    #expect(failed.errors.contains("the page is not served as the config has it: cannot listen at"))
    #expect(try site.ask("/livez").status == 200)

    try site.listen(at: "127.0.0.1:\(other)")
    #expect(
      try await site.installation.command(
        "reload", "--pid", "\(site.daemon.pid)"
      ).status == 0)
    #expect(try #require(RawHTTP(port: other).send("GET", "/livez")).status == 200)
    #expect(RawHTTP(port: site.port).send("GET", "/livez") == nil)

    try site.listen(at: "0.0.0.0:\(other)")
    try await site.stop()
  }

  @Test("A socket of systemd is served again after a reload without the page")
  func activated() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation()
    let port = try ServedSite.freePort()
    func configure(_ web: String) throws {
      try installation.configure(
        """
        sources: {timesca: \(Installation.ticker(page.url))}
        notifiers: {console: {type: stdout}}
        \(web)

        """)
    }
    try configure("web: {listen: systemd}")
    // As systemd starts a service: the socket is descriptor 3, for this process.
    let script = """
      import os, socket, sys
      server = socket.socket()
      server.bind(("127.0.0.1", int(sys.argv[1])))
      server.listen()
      os.dup2(server.fileno(), 3)
      os.set_inheritable(3, True)
      os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS="1")
      os.execv(sys.argv[2], sys.argv[2:])
      """
    let daemon = try ChildProcess(
      "/usr/bin/python3",
      [
        "-c", script, "\(port)", Installation.program, "run", "--config", installation.config,
      ], directory: installation.scratch.path)
    try await daemon.errors.wait(for: "the start of the daemon") { lines in
      lines.contains { $0.contains("is watching") }
    }
    func isServed() -> Bool { RawHTTP(port: port).send("GET", "/livez")?.status == 200 }
    #expect(isServed())
    for web in ["", "web: {listen: systemd}", "", "web: {listen: systemd}"] {
      try configure(web)
      let reload = try await installation.command("reload", "--pid", "\(daemon.pid)")
      #expect(reload.status == 0, "\(reload.errors)")
    }
    #expect(isServed())
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }

  @Test("A file that is no socket is never removed to listen in its place")
  func file() async throws {
    let site = try await ServedSite()
    try site.listen(at: "unix:state/fxwatch.db")
    let failed = try await site.installation.command(
      "reload", "--pid", "\(site.daemon.pid)")
    #expect(failed.errors.contains("a file with this name exists"), "\(failed.errors)")
    #expect(
      FileManager.default.fileExists(atPath: site.installation.scratch.file("state/fxwatch.db")))
    try await site.stop()
  }
}
