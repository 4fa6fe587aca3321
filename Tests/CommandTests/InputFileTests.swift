import Glibc
import Support
import Testing

@Suite("A file that is no saved page", .timeLimit(.minutes(2)))
struct InputFileTests {
  @Test(
    "is refused by poll and import with one sentence, without being read to its end",
    arguments: [["poll", "timesca", "--file"], ["import", "timesca"]])
  func refused(command: [String]) async throws {
    let page = try LoopbackServer(page: "")
    defer { page.stop() }
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let pipe = installation.scratch.file("pipe")
    try #require(mkfifo(pipe, 0o600) == 0)
    let large = installation.scratch.file("large")
    let descriptor = open(large, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(ftruncate(descriptor, 1 << 40) == 0)
    close(descriptor)
    let limit = command[0] == "poll" ? 4 : 64
    let directory = installation.scratch.path
    let expected = [
      "/dev/zero": "/dev/zero is larger than \(limit) MiB\n",
      large: "\(large) is larger than \(limit) MiB\n",
      pipe: "\(pipe) is a pipe to which no program writes\n",
      directory: "\(directory) is a directory; name a file in it\n",
    ]
    for (file, sentence) in expected {
      let ending = try await installation.command(command + [file])
      #expect(ending.status == 1)
      #expect(ending.errors == sentence)
    }
  }
}
