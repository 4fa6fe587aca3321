import FXSystem
import Foundation
import Testing

@Suite("A reload that waits for its outcome")
struct ReloadChannelTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test(
    "passes on what the daemon answers",
    arguments: [
      ReloadOutcome(exitStatus: 0, text: ""),
      ReloadOutcome(exitStatus: 78, text: "f.yaml:1:2: bad\nf.yaml:3:4: worse"),
    ])
  func answered(outcome: ReloadOutcome) throws {
    let daemon = ReloadChannel(directory: directory.path)
    let command = ReloadChannel(directory: directory.path)
    let passedOn = try command.request(ofProcess: 4711, patience: .seconds(60)) {
      daemon.answer(daemon.waiting(), with: outcome)
      return 0
    }
    #expect(passedOn == outcome)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == [])
  }

  @Test("passes on the beginning of an answer that is too long")
  func long() throws {
    let daemon = ReloadChannel(directory: directory.path)
    let outcome = ReloadOutcome(exitStatus: 78, text: String(repeating: "x", count: 100_000))
    let command = ReloadChannel(directory: directory.path)
    let passedOn = try command.request(ofProcess: 4711, patience: .seconds(60)) {
      daemon.answer(daemon.waiting(), with: outcome)
      return 0
    }
    #expect(passedOn.exitStatus == 78)
    #expect(passedOn.text == String(repeating: "x", count: (60 << 10) - 3))
  }

  @Test("reports that no daemon answers")
  func unanswered() throws {
    let channel = ReloadChannel(directory: directory.path)
    let problem = #expect(throws: ReloadProblem.self) {
      try channel.request(ofProcess: 4711, patience: .zero) { 0 }
    }
    #expect(
      problem?.message
        == "no answer from fxwatch (pid 4711) within 0 s; see its log for the result of the reload")
    #expect(channel.waiting() == [])
  }

  @Test("reports that the daemon has ended meanwhile")
  func gone() throws {
    let channel = ReloadChannel(directory: directory.path)
    let problem = #expect(throws: ReloadProblem.self) {
      try channel.request(ofProcess: 4711, patience: .zero) {
        errno = ESRCH
        return -1
      }
    }
    #expect(
      problem?.message
        == "cannot signal process 4711 (No such process); use systemctl reload fxwatch")
  }

  @Test(
    "is requested of no process but a daemon of fxwatch",
    arguments: [
      (-1, "-1 is not the process of a daemon; name the process of fxwatch with --pid"),
      (0, "0 is not the process of a daemon; name the process of fxwatch with --pid"),
      (1, "1 is not the process of a daemon; name the process of fxwatch with --pid"),
      (.min, "-2147483648 is not the process of a daemon; name the process of fxwatch with --pid"),
      (.max, "no process 2147483647; start fxwatch, or name its process with --pid"),
      (getpid(), "process \(getpid()) is not fxwatch; name the process of fxwatch with --pid"),
    ] as [(Int32, String)])
  func others(process: Int32, message: String) {
    let problem = #expect(throws: ReloadProblem.self) { try DaemonProcess(process) }
    #expect(problem?.message == message)
  }

  @Test("leaves nothing of commands that were killed, and nothing that is no pipe harmed")
  func stale() throws {
    let channel = ReloadChannel(directory: directory.path)
    try #require(mkfifo("\(directory.path)/reload.7", 0o600) == 0)
    let file = try directory.file("reload.8", Array("keep".utf8))
    _ = try directory.file("other", [])
    #expect(channel.waiting() == ["reload.7", "reload.8"])
    channel.answer(channel.waiting(), with: ReloadOutcome(exitStatus: 0, text: "live"))
    #expect(channel.waiting() == ["reload.8"])
    #expect(FileManager.default.contents(atPath: file) == Data("keep".utf8))
  }
}
