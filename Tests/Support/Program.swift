import CSystemd
import Glibc

/// A started program that inherits only the first three descriptors.
package final class Program: Sendable {
  /// The program cannot be started.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  /// The destination of an output stream.
  package enum Stream: Sendable {
    /// The test reads it from the descriptor `output` or `errors`.
    case read
    /// The stream of the test.
    case inherited
    /// Discarded.
    case dropped
    /// The destination of standard output; for standard error.
    case joined
  }

  /// The process identifier.
  package let pid: Int32

  /// The descriptors of standard output and standard error; the reader closes them.
  package let output: Int32?
  package let errors: Int32?

  // Guards the number: once reaped, it may be another process's.
  private let isReaped = Locked(false)

  /// Starts a program, found by its absolute path, with nothing but `environment` and `PATH` in its
  /// environment and no descriptor but the first three; in `directory`, or in the test's own.
  package init(
    _ path: String, _ arguments: [String] = [], environment: [String: String] = [:],
    directory: String? = nil, input: [UInt8] = [], output: Stream = .read, errors: Stream = .read
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // What the child gets is closed here once it has it: only the child's end ends a stream.
    var given: [Int32] = []
    defer { for descriptor in given { close(descriptor) } }

    let source = try Self.file(of: input)
    given.append(source)
    posix_spawn_file_actions_adddup2(&actions, source, STDIN_FILENO)
    func connect(_ stream: Stream, to number: Int32) throws -> Int32? {
      switch stream {
      case .inherited: return nil
      case .dropped:
        posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0)
        return nil
      case .joined:
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, number)
        return nil
      case .read:
        let pipe = try Self.pipe()
        given.append(pipe.writing)
        posix_spawn_file_actions_adddup2(&actions, pipe.writing, number)
        return pipe.reading
      }
    }
    self.output = try connect(output, to: STDOUT_FILENO)
    self.errors = try connect(errors, to: STDERR_FILENO)
    if let directory { posix_spawn_file_actions_addchdir_np(&actions, directory) }
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1)

    let variables = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
    var pid: pid_t = 0
    let failure = Self.withStrings([path] + arguments) { arguments in
      Self.withStrings(variables.map { "\($0)=\($1)" }) { variables in
        posix_spawn(&pid, path, &actions, nil, arguments, variables)
      }
    }
    self.pid = pid
    guard failure == 0 else { throw Failure(description: "\(path): \(Self.text(of: failure))") }
  }

  /// Sends a signal, unless it has ended.
  package func signal(_ number: Int32) {
    isReaped.withLock { isReaped in
      if !isReaped { kill(pid, number) }
    }
  }

  /// Waits for its end, once, and returns the exit status, or the negative number of the signal that
  /// ended it.
  package func wait() -> Int32 {
    var information = siginfo_t()
    while waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT) != 0, errno == EINTR {}
    return isReaped.withLock { isReaped in
      var status: Int32 = 0
      waitpid(pid, &status, 0)
      isReaped = true
      let signal = status & 0x7F
      return signal == 0 ? (status >> 8) & 0xFF : -signal
    }
  }

  /// Runs a program to its end, and returns its end and its output.
  package static func run(
    _ path: String, _ arguments: [String] = [], errors: Stream = .inherited
  ) throws -> (status: Int32, output: [UInt8]) {
    let program = try Program(path, arguments, errors: errors)
    var printed: [UInt8] = []
    if let output = program.output { read(output) { printed += $0 } }
    return (program.wait(), printed)
  }

  /// Reads a descriptor to its end and closes it.
  package static func read(_ descriptor: Int32, _ take: (ArraySlice<UInt8>) -> Void) {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &piece, piece.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      take(piece[..<count])
    }
    close(descriptor)
  }

  private static func pipe() throws -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw Failure(description: "pipe: \(text(of: errno))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// A file in memory that holds the bytes, to be read from its beginning.
  private static func file(of bytes: [UInt8]) throws -> Int32 {
    let descriptor = memfd_create("input", 1)
    guard descriptor >= 0, write(descriptor, bytes, bytes.count) == bytes.count else {
      throw Failure(description: "standard input: \(text(of: errno))")
    }
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  private static func text(of error: Int32) -> String { String(cString: strerror(error)) }

  /// Calls `body` with the texts as C expects them: an array that ends with a null pointer.
  private static func withStrings<Answer>(
    _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Answer
  ) -> Answer {
    let pointers = texts.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
