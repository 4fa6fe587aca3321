import CLinux
import FoundationEssentials
import Glibc

/// A running fxwatch daemon, which can be signalled.
///
/// It is held by a descriptor (pidfd_open(2)): a signal never reaches another process that has got its
/// number.
package final class DaemonProcess: Sendable {
  private let descriptor: Int32

  /// Finds the daemon with this process identifier; throws a sentence if it is not a daemon of fxwatch.
  ///
  /// SIGHUP ends most programs, so it is sent to a process of that name that handles it. In the
  /// service's sandbox both are hidden (ProtectProc=, across the user namespaces of PrivateUsers=);
  /// there only processes of fxwatch's own user can be signalled at all.
  package init(_ process: Int32) throws(ReloadProblem) {
    guard process > 1 else {
      throw ReloadProblem(
        message: "\(process) is not the process of a daemon; name the process of fxwatch with --pid"
      )
    }
    let opened = fx_pidfd_open(process)
    guard opened >= 0 else {
      let error = SystemError.last
      throw ReloadProblem(
        message: [ESRCH, EINVAL].contains(error.code)
          ? "no process \(process); start fxwatch, or name its process with --pid"
          : "cannot signal process \(process) (\(error)); use systemctl reload fxwatch")
    }
    descriptor = opened
    let name = Self.contents(of: "comm", process)
    guard name == "fxwatch\n" || (name == nil && geteuid() != 0) else {
      throw ReloadProblem(
        message: "process \(process) is not fxwatch; name the process of fxwatch with --pid")
    }
    guard Self.contents(of: "status", process).map(Self.handlesHangUp) ?? true else {
      throw ReloadProblem(
        message:
          "process \(process) is not a daemon of fxwatch; give the one of 'fxwatch run' with --pid")
    }
  }

  deinit { close(descriptor) }

  /// Sends SIGHUP; returns 0, or -1 with `errno` as kill(2) does.
  package func hangUp() -> Int32 { fx_pidfd_send_signal(descriptor, SIGHUP) }

  /// Returns true if the status of a process lists SIGHUP as caught or ignored (proc(5)).
  private static func handlesHangUp(_ status: String) -> Bool {
    status.split(separator: "\n").contains { line in
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count == 2, words[0] == "SigCgt:" || words[0] == "SigIgn:" else { return false }
      return UInt64(words[1], radix: 16).map { $0 >> UInt64(SIGHUP - 1) & 1 == 1 } ?? false
    }
  }

  private static func contents(of file: String, _ process: Int32) -> String? {
    FileManager.default.contents(atPath: "/proc/\(process)/\(file)").map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}
