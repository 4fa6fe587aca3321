import ArgumentParser
import FXCommands
import FXDaemon
import Foundation

/// The command `fxwatch status`.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows the running daemon: sources with their next polls, alerts, delivery queues.",
    discussion: """
      Made for monitoring systems. Exits with 0 when all is well. Exits with 1 (warning) while the \
      daemon starts, when a source fails or is late, when a notifier fails, or when an alert of \
      severity warning fires. Exits with 2 (critical) when no daemon runs or answers, when it cannot \
      store anything, when a notifier is disabled, when no source can be read, or when an alert of \
      severity critical fires. Acknowledged and silenced alerts do not count.

      The daemon is found by the state directory of the config. Run the command as root or as the \
      user of the service.
      """)

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    let request = try StatusRequest(
      environment: ProcessInfo.processInfo.environment, file: config.file)
    let report = try request.send()
    Console.out(report.text(as: format.format, format.style))
    if report.state != .ok { throw ExitCode(report.state.exitStatus) }
  }
}
