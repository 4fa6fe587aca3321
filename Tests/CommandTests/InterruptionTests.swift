import Glibc
import Support
import Testing

@Suite("A command that is interrupted", .timeLimit(.minutes(2)))
struct InterruptionTests {
  @Test("ends at once, and names what is kept", arguments: [SIGINT, SIGTERM])
  func download(signal: Int32) async throws {
    let page = try LoopbackServer { _ in .silence }
    defer { page.stop() }
    let installation = try Installation(
      sources: [
        (
          "timesca",
          "{preset: timesca, url: \"\(page.url)/{day:yyyymmdd}\", every: 1h, allow_private: true}"
        )
      ])
    let command = try installation.start("import", "timesca", "--since", "2026-02-19")
    _ = await page.requests(atLeast: 1)
    command.signal(signal)
    let ending = try await command.ending()
    #expect(ending.status == 130)
    #expect(
      ending.errors
        == "interrupted; nothing was imported, and what was fetched is kept: the same command goes"
        + " on from there\n")
    #expect(ending.output == "")
  }
}
