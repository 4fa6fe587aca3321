import FXSystem
import Foundation
import Testing

/// Each test runs in a separate process, because the environment belongs to the process.
@Suite("Notifications to the service manager")
struct ServiceNotificationsTests {
  @Test("are the messages of sd_notify(3)")
  func messages() async {
    await #expect(processExitsWith: .success) {
      let manager = try Manager()
      setenv("NOTIFY_SOCKET", manager.path, 1)
      let service = ServiceNotifications(monotonicClock: { .microseconds(1_234_567) })
      #expect(service.ready(status: "10 sources") && service.status("two\nlines"))
      #expect(service.reloading() && service.stopping(status: "bye") && service.alive())
      #expect(service.extendTimeout(by: .milliseconds(1500)))
      let expected = [
        "READY=1\nSTATUS=10 sources", "STATUS=two\\u{a}lines",
        "RELOADING=1\nMONOTONIC_USEC=1234567", "STOPPING=1\nSTATUS=bye", "WATCHDOG=1",
        "EXTEND_TIMEOUT_USEC=1500000",
      ]
      #expect(expected == expected.map { _ in manager.next() })
    }
  }

  @Test("return false without a service manager")
  func nobody() async {
    await #expect(processExitsWith: .success) {
      let service = ServiceNotifications()
      unsetenv("NOTIFY_SOCKET")
      #expect(!service.ready(status: "") && !service.alive())
      setenv("NOTIFY_SOCKET", "/nonexistent/notify", 1)
      #expect(!service.reloading() && !service.stopping(status: ""))
    }
  }

  @Test("have the watchdog interval of the process that the manager watches")
  func watchdog() async {
    await #expect(processExitsWith: .success) {
      let service = ServiceNotifications()
      unsetenv("WATCHDOG_USEC")
      #expect(service.watchdogInterval == nil)
      setenv("WATCHDOG_USEC", "60000000", 1)
      setenv("WATCHDOG_PID", "\(getpid())", 1)
      #expect(service.watchdogInterval == .seconds(60))
      setenv("WATCHDOG_PID", "1", 1)
      #expect(service.watchdogInterval == nil)
    }
  }

  /// A socket in place of the service manager's.
  final class Manager {
    let path = NSTemporaryDirectory() + "fxwatch-" + UUID().uuidString
    private let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)

    init() throws {
      var address = sockaddr_un()
      address.sun_family = sa_family_t(AF_UNIX)
      withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
      let length = socklen_t(MemoryLayout<sockaddr_un>.size)
      let result = withUnsafeBytes(of: &address) { bytes in
        bind(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), length)
      }
      try #require(result == 0)
    }

    deinit {
      close(descriptor)
      unlink(path)
    }

    /// The next message, which must have arrived.
    func next() -> String {
      var bytes = [UInt8](repeating: 0, count: 1000)
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      return String(decoding: bytes[..<max(0, count)], as: UTF8.self)
    }
  }
}
