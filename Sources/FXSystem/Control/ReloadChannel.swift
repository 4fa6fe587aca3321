import CSystemd
import FXCore
import FoundationEssentials
import Glibc

/// The channel by which `fxwatch reload` gets the result of the SIGHUP it sends.
///
/// systemd 252 has no `Type=notify-reload`, so ExecReload= must itself wait. The command makes a
/// named pipe `reload.<its pid>` in the runtime directory, sends SIGHUP and waits for an answer in the
/// pipe. The daemon lists the pipes when a reload begins and answers these when it ends: a request
/// that arrives in between belongs to the next reload, which its own SIGHUP has requested.
package struct ReloadChannel: Sendable {
  /// The largest answer: enough for hundreds of problems, and within the 64 KiB that a pipe buffers.
  static let maximumAnswerBytes = 60 << 10

  /// The largest number of commands that are answered; other files of the directory are ignored.
  static let maximumWaiting = 16

  private static let prefix = "reload."
  private let directory: String

  /// A channel in a directory that both sides can write: `$RUNTIME_DIRECTORY`, else the state
  /// directory.
  ///
  package init(directory: String) { self.directory = directory }

  // MARK: The command

  /// Requests a reload with `hangUp`, which sends SIGHUP as kill(2) does, and returns its result.
  ///
  /// Blocks the thread for up to `patience`; meant for a command that does nothing else.
  package func request(
    ofProcess process: Int32, patience: Duration, hangUp: () -> Int32
  ) throws(ReloadProblem) -> ReloadOutcome {
    let path = "\(directory)/\(Self.prefix)\(getpid())"
    unlink(path)
    guard mkfifo(path, 0o600) == 0 else { throw Self.problem("make '\(path)'") }
    defer { unlink(path) }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
    guard descriptor >= 0 else { throw Self.problem("open '\(path)'") }
    defer { close(descriptor) }
    guard hangUp() == 0 else { throw Self.problem("signal process \(process)") }
    let deadline = SystemClock().monotonic() + patience
    guard let answer = try Self.answer(from: descriptor, until: deadline) else {
      throw ReloadProblem(
        message: "no answer from fxwatch (pid \(process)) within \(patience.components.seconds) s; "
          + "see its log for the result of the reload")
    }
    return answer
  }

  /// Reads until the daemon closes its end; nil when the deadline passes first.
  private static func answer(
    from descriptor: Int32, until deadline: Duration
  ) throws(ReloadProblem) -> ReloadOutcome? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= maximumAnswerBytes {
      let rest = (deadline - SystemClock().monotonic()).milliseconds
      guard rest >= 0 else { return nil }
      var state = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&state, 1, Int32(clamping: rest + 1)) > 0 else { continue }
      let count = read(descriptor, &buffer, buffer.count)
      if count == 0 { break }
      if count > 0 {
        bytes.append(contentsOf: buffer[..<count])
      } else if errno != EAGAIN, errno != EINTR {
        throw problem("read the daemon's answer")
      }
    }
    let parts = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let status = Int32(parts[0]), (0...255).contains(status) else {
      throw ReloadProblem(
        message: "the answer of the daemon is incomplete; see its log for the result of the reload")
    }
    return ReloadOutcome(exitStatus: status, text: String(parts[1]))
  }

  private static func problem(_ action: String) -> ReloadProblem {
    ReloadProblem(
      message: "cannot \(action) (\(SystemError.last)); use systemctl reload fxwatch")
  }

  // MARK: The daemon

  /// Returns the commands that wait now; called when a reload begins.
  package func waiting() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return Array(names.filter { $0.hasPrefix(Self.prefix) }.sorted().prefix(Self.maximumWaiting))
  }

  /// Sends the result of the reload to commands that `waiting()` returned.
  ///
  /// Never blocks; the pipe of a command that no longer waits is removed.
  package func answer(_ waiting: [String], with outcome: ReloadOutcome) {
    let answer = Array(
      "\(outcome.exitStatus)\n\(outcome.text)".utf8.prefix(Self.maximumAnswerBytes))
    for name in waiting {
      let path = "\(directory)/\(name)"
      let descriptor = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else {
        if errno == ENXIO { unlink(path) }
        continue
      }
      defer { close(descriptor) }
      var status = stat()
      guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO else { continue }
      _ = write(descriptor, answer, answer.count)
    }
  }
}
