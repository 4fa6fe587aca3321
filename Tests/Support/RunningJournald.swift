import Foundation

/// A journald on this machine's socket: the system's if one listens, else one that is started for
/// the tests and stopped after the last of them.
package final class RunningJournald: Sendable {
  private static let program = "/lib/systemd/systemd-journald"
  private static let runtimeDirectory = "/run/systemd/journal"

  /// The started process, and the number of tests that use it.
  private struct Shared {
    var tests = 0
    var process: Program?
    var hadDirectory = true
  }

  private static let shared = Locked(Shared())

  /// True if a journald runs or can be started here.
  package static var isPossible: Bool {
    geteuid() == 0 && FileManager.default.isExecutableFile(atPath: program)
  }

  /// Makes sure that one listens until `stop`.
  package init() throws {
    try Self.shared.withLock { shared in
      if shared.tests == 0, !Self.isListening {
        shared.hadDirectory = FileManager.default.fileExists(atPath: Self.runtimeDirectory)
        shared.process = try Self.start()
      }
      shared.tests += 1
    }
  }

  private static func start() throws -> Program {
    let readiness = try DatagramSocket()
    let process = try Program(
      program, environment: ["NOTIFY_SOCKET": readiness.path], output: .inherited, errors: .dropped)
    while let message = readiness.next(), !message.contains("READY=1") {}
    return process
  }

  /// Stops the started process, by its pid, after the last test.
  package func stop() {
    Self.shared.withLock { shared in
      shared.tests -= 1
      guard shared.tests == 0, let process = shared.process else { return }
      shared.process = nil
      process.signal(SIGTERM)
      _ = process.wait()
      if !shared.hadDirectory {
        try? FileManager.default.removeItem(atPath: Self.runtimeDirectory)
      }
    }
  }

  /// The entries that have these fields, oldest first, with their text fields, once everything sent so far is written.
  package func entries(matching fields: [String]) throws -> [[String: String]] {
    _ = try output(of: ["--sync"])
    let lines = try output(of: fields + ["-o", "json", "--no-pager"]).split(
      separator: UInt8(ascii: "\n"))
    return try lines.compactMap { line in
      let entry = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      return entry?.compactMapValues { $0 as? String }
    }
  }

  private func output(of arguments: [String]) throws -> [UInt8] {
    try Program.run("/usr/bin/journalctl", arguments).output
  }

  private static var isListening: Bool {
    guard let client = try? DatagramSocket() else { return false }
    return client.canReach("\(runtimeDirectory)/socket")
  }
}

/// A datagram socket in the file system, as a service manager has.
package final class DatagramSocket {
  /// The longest wait for an event, in seconds.
  private static let patience = 30

  /// The path of the socket.
  package let path = NSTemporaryDirectory() + "fxwatch-" + UUID().uuidString
  private let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

  /// A socket that listens.
  package init() throws {
    var patience = timeval(tv_sec: Self.patience, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
    guard Self.with(path, { bind(descriptor, $0, $1) }) == 0 else {
      throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
    }
  }

  deinit {
    close(descriptor)
    unlink(path)
  }

  /// Waits for the next message; nil where none comes.
  package func next() -> String? {
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return count < 0 ? nil : String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// True if a process listens on the socket.
  func canReach(_ path: String) -> Bool {
    Self.with(path) { connect(descriptor, $0, $1) } == 0
  }

  private static func with(
    _ path: String, _ body: (UnsafePointer<sockaddr>?, socklen_t) -> Int32
  ) -> Int32 {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    return withUnsafeBytes(of: &address) { bytes in
      body(
        bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
    }
  }
}
