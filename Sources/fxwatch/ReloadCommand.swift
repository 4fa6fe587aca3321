import ArgumentParser
import FXCommands
import FXDaemon
import Foundation

/// The command `fxwatch reload`.
struct ReloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Has the running daemon read its config again, and waits for the outcome.",
    discussion:
      "Exits with 78 when the new config is bad; the daemon then goes on with the old one.")

  @Option(name: .long, help: "The daemon's process; without it $MAINPID, as systemd sets it.")
  var pid: Int32?

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    guard let pid = pid ?? environment["MAINPID"].flatMap({ Int32($0) }) else {
      throw CommandFailure.usage(
        "name the daemon with --pid, or use systemctl reload fxwatch, which sets $MAINPID")
    }
    let request = try ReloadRequest(pid: pid, environment: environment, file: config.file)
    Console.out(try request.send())
  }
}
