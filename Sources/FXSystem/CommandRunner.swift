import CSystemd
import FXCore
import Glibc

/// A program to run once, without a shell.
package struct CommandRun: Hashable, Sendable {
  /// The program's absolute path.
  package let path: String

  /// What follows the program's name.
  package let arguments: [String]

  /// `NAME=value` each; the program sees nothing else of this process's environment but `PATH`.
  package let environment: [String]

  /// What the program reads on standard input.
  package let input: [UInt8]

  /// After which it is killed, with every process it started.
  package let timeout: Duration

  /// A program to run.
  package init(
    path: String, arguments: [String], environment: [String], input: [UInt8], timeout: Duration
  ) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.timeout = timeout
  }
}

/// How a run ended.
package enum CommandEnd: Hashable, Sendable {
  /// By itself, with an exit status.
  case exited(status: Int32)
  /// By a signal.
  case killed(signal: Int32)
  /// By `timeout`.
  case timedOut
  /// It could not be started.
  case failed(SystemError)
}

/// Runs programs without holding up anything: their end is waited for on a lane.
///
/// Standard output goes nowhere; standard error is this process's own, so that a program's complaint
/// stands in the log.
package actor CommandRunner {
  /// `MFD_CLOEXEC` of linux/memfd.h.
  private static let closeOnExecute: UInt32 = 1

  private nonisolated let lane: Lane
  private var watches: [pid_t: LaneDescriptor] = [:]

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// A runner that waits on that lane.
  package init(lane: Lane) { self.lane = lane }

  /// Runs a program to its end.
  ///
  /// Cancellation kills it.
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
      await ended(child.pid, child.watch)
    } onCancel: {
      lane.enter {
        self.assumeIsolated { if $0.watches[child.pid] != nil { Self.kill(child.pid) } }
      }
    }
    alarm.cancel()
    // Reaped only here, so the alarm could not meet another process of that number.
    var status: Int32 = 0
    guard waitpid(child.pid, &status, 0) == child.pid else { return .failed(.last) }
    let signal = status & 0x7F
    guard signal != 0 else { return .exited(status: (status >> 8) & 0xFF) }
    return signal == SIGKILL && clock.monotonic() - start >= command.timeout
      ? .timedOut : .killed(signal: signal)
  }

  /// Comes back once a process has ended; closes its descriptor.
  private func ended(_ pid: pid_t, _ descriptor: Int32) async {
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

  /// Kills a program and what it started.
  private static func kill(_ pid: pid_t) { _ = Glibc.kill(-pid, SIGKILL) }

  /// Starts a program in a process group of its own; gives its number, and a descriptor that can be
  /// read once it has ended.
  private static func start(
    _ command: CommandRun
  ) throws(SystemError) -> (pid: pid_t, watch: Int32) {
    let input = try file(of: command.input)
    defer { close(input) }
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)
    // fxwatch ignores signals and blocks some; a program expects them as usual.
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
    let path = getenv("PATH").map { "PATH=" + String(cString: $0) }
    var pid: pid_t = 0
    let failure = withStrings([command.path] + command.arguments) { arguments in
      withStrings([path ?? "PATH=/usr/bin:/bin"] + command.environment) { environment in
        posix_spawn(&pid, command.path, &actions, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else { throw SystemError(code: failure) }
    let watch = pidfd_open(pid, 0)
    guard watch >= 0 else {
      let error = SystemError.last
      kill(pid)
      waitpid(pid, nil, 0)
      throw error
    }
    return (pid, watch)
  }

  /// A file in memory that holds the bytes, to be read from its beginning.
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

  /// Calls with the texts as C wants them: an array that ends with a null pointer.
  private static func withStrings<Answer>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Answer
  ) -> Answer {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
