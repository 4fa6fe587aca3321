import FXConfig
import FXCore
import FXSystem
import Logging

extension ConfigReader {
  /// Reads the config again and checks all of it; logs and throws what is wrong.
  func read(after earlier: Setup, log: Logger) throws(ReloadFailure) -> Setup {
    let new: Setup
    do throws(ConfigProblems) {
      new = try read()
    } catch {
      for problem in error.problems {
        log.log(
          level: problem.isWarning ? .warning : .error, "\(problem)",
          metadata: LogKind.notReloaded.with())
      }
      log.error(
        "the config is invalid; nothing was changed", metadata: LogKind.notReloaded.with())
      throw ReloadFailure(
        outcome: ReloadOutcome(
          exitStatus: error.areTransient ? 1 : 78, text: error.description))
    }
    guard new.stateDirectory == earlier.stateDirectory else {
      let text =
        "\(file): state: a reload cannot move the state directory from"
        + " '\(earlier.stateDirectory)' to '\(new.stateDirectory)'; restart fxwatch to move it"
      log.error("\(text)", metadata: LogKind.notReloaded.with())
      throw ReloadFailure(outcome: ReloadOutcome(exitStatus: 78, text: text))
    }
    guard new.store.location == earlier.store.location else {
      let text =
        "\(file): store: a reload cannot move from the \(earlier.store.location) to the"
        + " \(new.store.location); restart fxwatch to move"
      log.error("\(text)", metadata: LogKind.notReloaded.with())
      throw ReloadFailure(outcome: ReloadOutcome(exitStatus: 78, text: text))
    }
    for warning in new.warnings { log.warning("\(warning)") }
    return new
  }
}
