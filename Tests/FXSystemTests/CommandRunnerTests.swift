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

  @Test("gets its whole input, its arguments and its environment")
  func input() async throws {
    let text = String(repeating: "0123456789", count: 100_000)
    let end = await run(
      #"[ "$(wc -c)" = 1000000 ] && [ "$1" = "a b" ] && [ "$FXWATCH_RATE" = "1 2" ]"#, input: text)
    #expect(end == .exited(status: 0))
  }

  @Test(
    "exits or is killed by a signal",
    arguments: [
      ("exit 0", .exited(status: 0)), ("exit 75", .exited(status: 75)),
      ("kill -TERM $$", .killed(signal: 15)),
    ] as [(String, CommandEnd)])
  func ends(script: String, expected: CommandEnd) async {
    #expect(await run(script) == expected)
  }

  @Test("is killed after its timeout, with the processes it started")
  func timeout() async throws {
    let directory = try TemporaryDirectory()
    let pipe = directory.path + "/pipe"
    #expect(mkfifo(pipe, 0o600) == 0)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(reader) }
    // The grandchild keeps the pipe open until it ends.
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

  @Test("that does not exist fails at once")
  func missing() async {
    let end = await runner.run(
      CommandRun(
        path: "/nonexistent", arguments: [], environment: [], input: [], timeout: .seconds(1)))
    #expect(end == .failed(SystemError(code: ENOENT)))
  }

  @Test("is killed when the task is cancelled")
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
    // The program has started when it has written to the pipe. A separate thread waits for that, because
    // tests have few threads and this one must not delay the start.
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
