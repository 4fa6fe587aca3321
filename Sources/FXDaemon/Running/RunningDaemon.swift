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

  /// The timer of the watchdog's rhythm and of the status line; nil without systemd.
  var heartbeat: LaneTimer?

  /// The inventory of the plan and the file it comes from.
  var summary: String { "\(setup.inventory) from \(setup.file)" }

  /// Reads the config again, checks all of it, and replaces the plan once.
  ///
  /// Whatever is wrong, the active plan stays.
  mutating func reload(_ config: ConfigReader, log: Logger) async -> ReloadOutcome {
    let new: Setup
    do throws(ConfigProblems) {
      new = try config.read()
    } catch {
      for problem in error.problems {
        log.log(
          level: problem.isWarning ? .warning : .error, "\(problem)",
          metadata: LogKind.notReloaded.with())
      }
      log.error(
        "the config is invalid; nothing was changed", metadata: LogKind.notReloaded.with())
      return ReloadOutcome(exitStatus: error.areTransient ? 1 : 78, text: error.description)
    }
    guard new.stateDirectory == setup.stateDirectory else {
      let text =
        "\(config.file): state: a reload cannot move the state directory from"
        + " '\(setup.stateDirectory)' to '\(new.stateDirectory)'; restart fxwatch to move it"
      log.error("\(text)", metadata: LogKind.notReloaded.with())
      return ReloadOutcome(exitStatus: 78, text: text)
    }
    for warning in new.warnings { log.warning("\(warning)") }
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
