import CLinux
import Glibc

/// The work of a process that was started as a worker.
package enum WorkerProcess {
  /// The most descriptors, which character sets of the C library need.
  private static let descriptors: rlim_t = 16

  /// The bytes that an answer may have.
  package static let longestAnswer = WorkerExchange.longestContent

  /// Waits for the job, has `handle` answer it within limits, and returns; the process must then end.
  ///
  /// `seconds` is the processor time of all of its life.
  /// Before anything is read, the process is limited: neither files nor core dumps are written, and it
  /// is the first that the system ends if memory is short. Beyond the limits the system kills it.
  package static func serve(seconds: Int, _ handle: ([UInt8]) -> [UInt8]) {
    preferForMemoryShortage()
    CoreDumps.forbid()
    limit(RLIMIT_FSIZE, to: 0)
    limit(RLIMIT_NOFILE, to: descriptors)
    limit(RLIMIT_CPU, to: rlim_t(seconds))
    guard let memory = WorkerExchange.mapped(Worker.exchangeDescriptor),
      let mebibytes = waitForJob()
    else { return }
    limit(RLIMIT_AS, to: rlim_t(addressSpace() + Int(mebibytes) << 20))
    guard let job = WorkerExchange.content(of: memory) else { return }
    if !WorkerExchange.replace(memory, with: handle(job)) {
      // An answer without content is none.
      _ = WorkerExchange.replace(memory, with: [])
    }
  }

  /// Waits for the first byte on standard input and returns it; nil if the other end was closed.
  private static func waitForJob() -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = read(STDIN_FILENO, &byte, 1)
      if count < 0, errno == EINTR { continue }
      return count == 1 ? byte : nil
    }
  }

  private static func limit(_ resource: __rlimit_resource, to value: rlim_t) {
    // With the same hard limit the system kills it; for CPU that is SIGKILL instead of SIGXCPU.
    var limit = rlimit(rlim_cur: value, rlim_max: value)
    _ = setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
  }

  /// The bytes of memory that the process has mapped.
  private static func addressSpace() -> Int {
    let descriptor = open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var text = [UInt8](repeating: 0, count: 64)
    let count = read(descriptor, &text, text.count)
    let digits = text.prefix(max(0, count)).prefix { $0 != UInt8(ascii: " ") }
    return (Int(String(decoding: digits, as: UTF8.self)) ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  private static func preferForMemoryShortage() {
    let descriptor = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    _ = write(descriptor, "1000", 4)
  }
}
