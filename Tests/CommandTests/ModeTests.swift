import Foundation
import Support
import Testing

@Suite("Permissions", .timeLimit(.minutes(5)))
struct ModeTests {
  @Test("of the state are the owner's alone, also in a directory that others could read")
  func state() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let state = installation.scratch.file("state")
    try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: state)
    let before = umask(0o022)
    let daemon = try await installation.daemon()
    umask(before)
    _ = await page.requests(atLeast: 2)
    for name in ["", "/fxwatch.db", "/fxwatch.db-wal", "/fxwatch.db-shm", "/lock"] {
      let mode = try #require(
        try FileManager.default.attributesOfItem(atPath: state + name)[.posixPermissions] as? Int)
      #expect(mode & 0o077 == 0, "\(name) has mode \(String(mode, radix: 8))")
    }
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()
    #expect(
      ending.errors.contains(
        "warning: other users had access to the state directory '\(state)' (mode 0755); it is 0700"
          + " now\n"))
  }

  @Test(
    "of a secret's file that others can read are an error of check and run alike",
    arguments: ["check", "run"], ["source", "header", "webhook"])
  func secret(command: String, place: String) async throws {
    let installation = try Installation()
    let path = try installation.scratch.write("pl4nted-k3y\n", to: "key", mode: 0o644)
    let source =
      place == "source"
      ? "{preset: openexchangerates, key: {file: \(path)}}" : "{preset: ecb}"
    let hook =
      switch place {
      case "header":
        "{type: webhook, url: \"http://127.0.0.1/\", headers: {Authorization: {file: \(path)}}}"
      case "webhook": "{type: webhook, url: \"http://127.0.0.1/\", secret: {file: \(path)}}"
      default: "{type: stdout}"
      }
    try installation.configure(sources: [("bank", source)], notifiers: [("hook", hook)])
    let ending = try await installation.command(command)
    #expect(ending.status == 78)
    let lines = ending.errors.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(
      lines.first?.hasSuffix(
        "secret file '\(path)' is readable by every user; run chmod o-r on it") == true)
    #expect(!lines.contains { $0.contains("warning") || $0.contains("pl4nted") })
  }
}
