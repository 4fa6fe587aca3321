import FXSystem
import Foundation
import Glibc
import Testing

@Suite("A file that a command reads whole", .timeLimit(.minutes(1)))
struct InputFileTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("may be as large as the limit, and is refused beyond it")
  func largest() throws {
    let bytes = [UInt8](repeating: 7, count: 1 << 20)
    let path = try directory.file("page", bytes)
    #expect(try InputFile.read(path, limit: 1 << 20) == bytes)
    let larger = try directory.file("larger", bytes + [7])
    #expect(problem(larger) == "\(larger) is larger than 1 MiB")
  }

  @Test("is refused unread if it is too large, and without an end after the limit")
  func endless() throws {
    let path = "\(directory.path)/sparse"
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(ftruncate(descriptor, 1 << 40) == 0)
    close(descriptor)
    #expect(problem(path) == "\(path) is larger than 1 MiB")
    #expect(problem("/dev/zero") == "/dev/zero is larger than 1 MiB")
  }

  @Test("is named with the reason if it cannot be read")
  func unreadable() {
    #expect(
      problem(directory.path) == "\(directory.path) is a directory; name a file in it")
    #expect(
      problem("\(directory.path)/none")
        == "\(directory.path)/none cannot be read: No such file or directory")
  }

  @Test("is not waited for if it is a pipe to which no program writes")
  func idlePipe() throws {
    let path = "\(directory.path)/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    #expect(problem(path) == "\(path) is a pipe to which no program writes")
  }

  @Test("is read to the end of what a program writes to a pipe, also slowly")
  func pipe() throws {
    let path = "\(directory.path)/pipe"
    try #require(mkfifo(path, 0o600) == 0)
    let writer = Process()
    writer.executableURL = URL(filePath: "/bin/sh")
    writer.arguments = ["-c", "exec >\"$0\"; printf one; sleep 1.2; printf two", path]
    try writer.run()
    #expect(try InputFile.read(path, limit: 1 << 20) == Array("onetwo".utf8))
    writer.waitUntilExit()
  }

  private func problem(_ path: String) -> String? {
    do throws(InputFileProblem) {
      _ = try InputFile.read(path, limit: 1 << 20)
      return nil
    } catch {
      return error.message
    }
  }
}
