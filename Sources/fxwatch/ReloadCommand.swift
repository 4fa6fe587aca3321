import ArgumentParser
import FXCommands
import FXDaemon
import Foundation

/// The command `fxwatch reload`.
struct ReloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Makes the running daemon reload its config, and waits for the result.",
    discussion:
      "Exits with 78 if the new config is invalid; the daemon then keeps the old one.")

  @Option(name: .long, help: "The daemon's process. Default: $MAINPID, which systemd sets.")
  var pid: Int32?

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    guard let pid = pid ?? environment["MAINPID"].flatMap({ Int32($0) }) else {
      throw CommandFailure.usage(
        "missing process; use --pid, or systemctl reload fxwatch, which sets $MAINPID")
    }
    let request = try ReloadRequest(pid: pid, environment: environment, file: config.file)
    Console.say(try request.send())
  }
}
