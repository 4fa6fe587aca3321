import CSystemd
import FXCore
import Glibc

/// A process of this program that waits for one job, carries it out within limits, and ends.
///
/// It inherits only its end of a pipe and the file with the job. The first byte in the pipe starts the
/// job; it is the limit of memory in MiB. It ends by itself if the worker is released, or this process
/// ends.
package final class Worker: Sendable {
  /// The descriptor of the exchange in the worker.
  static let exchangeDescriptor: Int32 = 3

  let pid: pid_t

  /// A descriptor that becomes readable when the process has ended.
  let ended: Int32

  let exchange: WorkerExchange

  /// The pipe whose first byte starts the job; its reading end stays open here too, so that writing to
  /// a process that has ended sends no signal.
  private let pipe: (reading: Int32, writing: Int32)

  /// Starts a process; `program` is its path, `arguments` what follows its name.
  ///
  /// Blocks for about a millisecond.
  package init(program: String, arguments: [String]) throws(SystemError) {
    let exchange = try WorkerExchange.create()
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      let error = SystemError.last
      close(exchange.descriptor)
      throw error
    }
    do throws(SystemError) {
      pid = try Self.spawn(program, arguments, input: ends[0], exchange.descriptor)
      ended = try Self.pidDescriptor(of: pid)
    } catch {
      for descriptor in ends + [exchange.descriptor] { close(descriptor) }
      throw error
    }
    pipe = (ends[0], ends[1])
    self.exchange = exchange
  }

  deinit {
    // A process that still waits for its job ends now.
    for descriptor in [pipe.reading, pipe.writing, ended, exchange.descriptor] {
      close(descriptor)
    }
  }

  /// Gives the worker its job; returns false if that is too long.
  func give(_ job: [[UInt8]], mebibytes: UInt8) throws(SystemError) -> Bool {
    guard try exchange.write(job) else { return false }
    var limit = mebibytes
    guard write(pipe.writing, &limit, 1) == 1 else { throw .last }
    return true
  }

  /// Returns true if the process has ended, which this then reaps; only for one without a job.
  package func hasEnded() -> Bool {
    var watched = pollfd(fd: ended, events: Int16(POLLIN), revents: 0)
    guard poll(&watched, 1, 0) == 1 else { return false }
    return waitpid(pid, nil, WNOHANG) == pid
  }

  /// Kills the process.
  func kill() { _ = Glibc.kill(pid, SIGKILL) }

  private static func pidDescriptor(of pid: pid_t) throws(SystemError) -> Int32 {
    let descriptor = pidfd_open(pid, 0)
    guard descriptor >= 0 else {
      let error = SystemError.last
      _ = Glibc.kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
      throw error
    }
    return descriptor
  }

  private static func spawn(
    _ program: String, _ arguments: [String], input: Int32, _ exchange: Int32
  ) throws(SystemError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // The higher number first: a target could be the other descriptor.
    let (from, to) = (fcntl(exchange, F_DUPFD_CLOEXEC, 16), fcntl(input, F_DUPFD_CLOEXEC, 16))
    guard from >= 0, to >= 0 else { throw .last }
    defer {
      close(from)
      close(to)
    }
    posix_spawn_file_actions_adddup2(&actions, to, STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    // A fault of the program would otherwise write to the log for each page that causes it.
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, from, exchangeDescriptor)
    posix_spawn_file_actions_addclosefrom_np(&actions, exchangeDescriptor + 1)
    let libraries = getenv("LD_LIBRARY_PATH").map { "LD_LIBRARY_PATH=" + String(cString: $0) }
    return try CommandRunner.spawn(
      program, ["fxwatch"] + arguments,
      environment: ["SWIFT_BACKTRACE=enable=no"] + (libraries.map { [$0] } ?? []), &actions)
  }
}
