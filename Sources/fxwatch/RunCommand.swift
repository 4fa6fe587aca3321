import ArgumentParser
import FXDaemon
import FXWeb
import Foundation

/// The command `fxwatch run`.
struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Runs the daemon in the foreground, until SIGTERM or Ctrl-C.")

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let daemon = try Daemon(
      file: config.file, environment: ProcessInfo.processInfo.environment, web: WebService())
    try await daemon.run()
  }
}
