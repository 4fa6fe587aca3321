import ArgumentParser
import FXCommands
import FXCore
import FXDaemon
import Foundation

/// The command `fxwatch reload`.
struct ReloadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reload",
    abstract: "Makes the running daemon reload its config, and waits for the result.",
    discussion:
      "Exits with 78 if the new config is invalid; the daemon then keeps the old one.")

  @Option(
    name: .long,
    help: "The daemon's process. Default: $MAINPID, which systemd sets, else the one of the config."
  )
  var pid: Int32?

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let environment = ProcessInfo.processInfo.environment
    let pid = try self.pid ?? Self.process(environment["MAINPID"])
    let request = try ReloadRequest(pid: pid, environment: environment, file: config.file)
    Console.say(try request.send())
  }

  /// Returns the process in `$MAINPID`; nil if it is not set.
  private static func process(_ text: String?) throws -> Int32? {
    guard let text, !text.isEmpty else { return nil }
    guard let process = Int32(text) else {
      throw CommandFailure.usage("$MAINPID: \(text.quoted) is not a process; use --pid")
    }
    return process
  }
}
