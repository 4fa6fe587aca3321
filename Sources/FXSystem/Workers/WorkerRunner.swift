import CSystemd
import FXCore
import Glibc

/// Gives workers their jobs and waits for their ends on a lane, without blocking a thread.
package actor WorkerRunner {
  private nonisolated let lane: Lane
  private var watches: [pid_t: LaneDescriptor] = [:]

  package nonisolated var unownedExecutor: UnownedSerialExecutor {
    lane.asUnownedSerialExecutor()
  }

  /// Creates a runner that waits on a lane.
  package init(lane: Lane) { self.lane = lane }

  /// Has a worker that has had no job carry one out, given in parts; a worker that exceeds the time is
  /// killed.
  package func run(
    _ worker: Worker, _ job: consuming [[UInt8]], within limits: WorkerLimits
  ) async -> WorkerEnd {
    let isGiven: Bool
    do throws(SystemError) {
      isGiven = try worker.give(job, mebibytes: limits.mebibytes)
    } catch {
      worker.kill()
      waitpid(worker.pid, nil, 0)
      return .failed(reason: "the job cannot be passed: \(error)")
    }
    // It may be large, and is not needed any more.
    job = []
    let clock = SystemClock()
    let start = clock.monotonic()
    if !isGiven { worker.kill() }
    let alarm = LaneTimer(on: lane) { worker.kill() }
    alarm.arm(after: limits.timeout, leeway: .zero)
    await waitForEnd(of: worker)
    alarm.cancel()
    // The process is reaped only here, so the alarm cannot kill another process with its pid.
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(worker.pid, &status, 0, &usage) == worker.pid else {
      return .failed(reason: "\(SystemError.last)")
    }
    guard isGiven else { return .tooLarge }
    return Self.end(
      status, usage, limits, hasTimedOut: clock.monotonic() - start >= limits.timeout, worker)
  }

  private func waitForEnd(of worker: Worker) async {
    await withCheckedContinuation { continuation in
      watches[worker.pid] = LaneDescriptor(
        worker.ended, for: .reading, on: lane,
        handler: { [weak self] in
          self?.assumeIsolated { $0.watches.removeValue(forKey: worker.pid)?.cancel() }
        },
        released: { continuation.resume() })
    }
  }

  /// The memory of a worker that has not read anything, in MiB: mostly that of the program.
  private static let ownMebibytes = 24

  /// Returns the end of a worker from its status (wait(2)) and what it has used.
  private static func end(
    _ status: Int32, _ usage: rusage, _ limits: WorkerLimits, hasTimedOut: Bool, _ worker: Worker
  ) -> WorkerEnd {
    let signal = status & 0x7F
    let used = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
    switch signal {
    case 0:
      guard let answer = worker.exchange.read(), !answer.isEmpty, status == 0 else {
        return .failed(reason: "the process ended with status \((status >> 8) & 0xFF)")
      }
      return .answered(answer)
    case SIGXCPU: return .tooSlow
    case SIGKILL where hasTimedOut || used >= limits.seconds - 1: return .tooSlow
    // The system ended it because memory is short.
    case SIGKILL: return .tooLarge
    // Memory that cannot be allocated ends a process like a fault. An array of which a larger copy does
    // not fit has at least a third of the limit.
    case SIGABRT, SIGBUS, SIGILL, SIGSEGV, SIGTRAP:
      if usage.ru_maxrss >> 10 >= ownMebibytes + Int(limits.mebibytes) / 3 { return .tooLarge }
      return .failed(reason: "the process ended by signal \(signal)")
    default: return .failed(reason: "the process ended by signal \(signal)")
    }
  }
}
