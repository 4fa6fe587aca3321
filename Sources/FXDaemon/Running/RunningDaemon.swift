import FXConfig
import FXCore
import FXSystem
import Logging

/// The parts of a daemon that has started: its plan is active.
struct RunningDaemon {
  let runner: EngineRunner
  let housekeeping: Housekeeping
  let reloads: ReloadChannel

  /// The active plan.
  var setup: Setup

  /// The inventory of the plan and the file it comes from.
  var summary: String { "\(setup.inventory) from \(setup.file)" }

  /// Reads the config again, checks all of it, and replaces the plan once.
  ///
  /// Whatever is wrong, the active plan stays.
  mutating func reload(_ config: ConfigReader, log: Logger) async -> ReloadOutcome {
    let new: Setup
    do throws(ReloadFailure) {
      new = try config.read(after: setup, log: log)
    } catch {
      return error.outcome
    }
    let firing: [String]
    do throws(StoreProblem) {
      firing = try await runner.adopt(new)
    } catch {
      log.error(
        "the config is valid but could not be applied: \(error.message)",
        metadata: LogKind.notReloaded.with())
      return ReloadOutcome(exitStatus: 1, text: error.message)
    }
    await housekeeping.use(new.retention)
    setup = new
    log.notice("reloaded: \(summary)", metadata: LogKind.reloaded.with())
    for line in firing { log.notice("\(line)") }
    return ReloadOutcome(
      exitStatus: 0, text: (["reloaded: \(summary)"] + firing).joined(separator: "\n"))
  }
}
