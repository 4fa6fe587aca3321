import CSystemd
import FXCore
import Glibc

/// Runs programs and waits for their end on a lane, without blocking a thread.
///
/// Standard output is discarded; standard error is that of this process, so that a program's errors
/// appear in the log.
package actor CommandRunner {
  /// `MFD_CLOEXEC` of linux/memfd.h.
  static let closeOnExecute: UInt32 = 1

  private nonisolated let lane: Lane
  private var watches: [pid_t: LaneDescriptor] = [:]

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// Creates a runner that waits on a lane.
  package init(lane: Lane) { self.lane = lane }

  /// Runs a program and returns how it ended.
  ///
  /// Cancelling the task kills the program.
  package func run(_ command: CommandRun) async -> CommandEnd {
    let child: (pid: pid_t, watch: Int32)
    do throws(SystemError) {
      child = try Self.start(command)
    } catch {
      return .failed(error)
    }
    let clock = SystemClock()
    let start = clock.monotonic()
    let alarm = LaneTimer(on: lane) { Self.kill(child.pid) }
    alarm.arm(after: command.timeout, leeway: .zero)
    await withTaskCancellationHandler {
      await waitForEnd(of: child.pid, child.watch)
    } onCancel: {
      lane.enter {
        self.assumeIsolated { if $0.watches[child.pid] != nil { Self.kill(child.pid) } }
      }
    }
    alarm.cancel()
    // The process is reaped only here, so the alarm cannot kill another process with its pid.
    var status: Int32 = 0
    guard waitpid(child.pid, &status, 0) == child.pid else { return .failed(.last) }
    let signal = status & 0x7F
    guard signal != 0 else { return .exited(status: (status >> 8) & 0xFF) }
    return signal == SIGKILL && clock.monotonic() - start >= command.timeout
      ? .timedOut : .killed(signal: signal)
  }

  /// Waits until a process has ended and closes its descriptor.
  private func waitForEnd(of pid: pid_t, _ descriptor: Int32) async {
    await withCheckedContinuation { continuation in
      watches[pid] = LaneDescriptor(
        descriptor, for: .reading, on: lane,
        handler: { [weak self] in
          self?.assumeIsolated { $0.watches.removeValue(forKey: pid)?.cancel() }
        },
        released: {
          close(descriptor)
          continuation.resume()
        })
    }
  }

  /// Kills a program and the processes it started.
  private static func kill(_ pid: pid_t) { _ = Glibc.kill(-pid, SIGKILL) }

  /// Starts a program in its own process group; returns its pid and a descriptor that becomes
  /// readable when it has ended.
  private static func start(
    _ command: CommandRun
  ) throws(SystemError) -> (pid: pid_t, watch: Int32) {
    let input = try file(of: command.input)
    defer { close(input) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    let path = getenv("PATH").map { "PATH=" + String(cString: $0) }
    let pid = try spawn(
      command.path, [command.path] + command.arguments,
      environment: [path ?? "PATH=/usr/bin:/bin"] + command.environment, &actions)
    let watch = pidfd_open(pid, 0)
    guard watch >= 0 else {
      let error = SystemError.last
      kill(pid)
      waitpid(pid, nil, 0)
      throw error
    }
    return (pid, watch)
  }

  /// Starts a program in its own process group, with the default actions of all signals; returns its pid.
  static func spawn(
    _ path: String, _ arguments: [String], environment: [String],
    _ actions: inout posix_spawn_file_actions_t
  ) throws(SystemError) -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // fxwatch ignores or blocks some signals; a program expects the defaults.
    var all = sigset_t()
    var none = sigset_t()
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var pid: pid_t = 0
    let failure = withStrings(arguments) { arguments in
      withStrings(environment) { environment in
        posix_spawn(&pid, path, &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else { throw SystemError(code: failure) }
    return pid
  }

  /// Returns the descriptor of a memory file with the bytes, positioned at its start.
  private static func file(of bytes: [UInt8]) throws(SystemError) -> Int32 {
    let descriptor = memfd_create("fxwatch-input", closeOnExecute)
    guard descriptor >= 0 else { throw .last }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else {
        let error = SystemError.last
        close(descriptor)
        throw error
      }
      rest = rest.dropFirst(count)
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  /// Calls a function with the texts as a null-terminated array of C strings.
  private static func withStrings<Answer>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Answer
  ) -> Answer {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
