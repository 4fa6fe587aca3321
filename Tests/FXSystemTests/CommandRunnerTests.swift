import Dispatch
import FXCore
import FXSystem
import Glibc
import Testing

@Suite("A program that is run")
struct CommandRunnerTests {
  private let runner = CommandRunner(lane: Lane(label: "test.commands"))

  private func run(
    _ script: String, input: String = "", timeout: Duration = .seconds(30)
  ) async -> CommandEnd {
    await runner.run(
      CommandRun(
        path: "/bin/sh", arguments: ["-c", script, "sh", "a b"], environment: ["FXWATCH_RATE=1 2"],
        input: Array(input.utf8), timeout: timeout))
  }

  @Test("reads its input to the end, however long it is, and its arguments and environment")
  func input() async throws {
    let text = String(repeating: "0123456789", count: 100_000)
    let end = await run(
      #"[ "$(wc -c)" = 1000000 ] && [ "$1" = "a b" ] && [ "$FXWATCH_RATE" = "1 2" ]"#, input: text)
    #expect(end == .exited(status: 0))
  }

  @Test(
    "ends by itself or by a signal",
    arguments: [
      ("exit 0", .exited(status: 0)), ("exit 75", .exited(status: 75)),
      ("kill -TERM $$", .killed(signal: 15)),
    ] as [(String, CommandEnd)])
  func ends(script: String, expected: CommandEnd) async {
    #expect(await run(script) == expected)
  }

  @Test("is killed with what it started when it takes too long")
  func timeout() async throws {
    let directory = try TemporaryDirectory()
    let pipe = directory.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    // The grandchild holds the pipe open for as long as it lives.
    #expect(
      await run("sleep 1000 > \(pipe) & wait", timeout: .milliseconds(300)) == .timedOut)
    var state = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
    #expect(poll(&state, 1, 10_000) == 1)
    #expect(state.revents & Int16(POLLHUP) != 0)
  }

  @Test("inherits no descriptor, no ignored signal and no secret of the environment")
  func inheritsNothing() async throws {
    let leak = open("/dev/null", O_RDONLY)
    defer { close(leak) }
    setenv("FXWATCH_TEST_SECRET", "s3cret", 1)
    let end = await run(
      #"[ -z "$FXWATCH_TEST_SECRET" ] && [ ! -e /proc/$$/fd/\#(leak) ] "#
        + #"&& grep -q '^SigIgn:[[:space:]]*0*\(18\)\{0,1\}0000000$' /proc/$$/status"#)
    #expect(end == .exited(status: 0))
  }

  @Test("that is not there is said at once")
  func missing() async {
    let end = await runner.run(
      CommandRun(
        path: "/nonexistent", arguments: [], environment: [], input: [], timeout: .seconds(1)))
    #expect(end == .failed(SystemError(code: ENOENT)))
  }

  @Test("is killed when nobody waits for it any more")
  func cancelled() async throws {
    let directory = try TemporaryDirectory()
    let pipe = directory.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let runner = runner
    let task = Task {
      await runner.run(
        CommandRun(
          path: "/bin/sh", arguments: ["-c", "echo x > \(pipe); exec sleep 1000"], environment: [],
          input: [], timeout: .seconds(1000)))
    }
    // The program has begun once it has written to the pipe. Waited for on a thread of its own: tests
    // have few, and this one must not keep the program from being started.
    let count = await withCheckedContinuation { done in
      DispatchQueue.global().async {
        let reader = open(pipe, O_RDONLY | O_CLOEXEC)
        var line: [UInt8] = [0, 0]
        let count = read(reader, &line, line.count)
        close(reader)
        done.resume(returning: count)
      }
    }
    #expect(count == 2)
    task.cancel()
    #expect(await task.value == .killed(signal: SIGKILL))
  }
}
