import ArgumentParser
import Foundation
import FXDaemon

/// `fxwatch notify`
struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Tries notifiers.", subcommands: [NotifyTestCommand.self])
}

/// `fxwatch notify test NAME`
struct NotifyTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Sends a real, signed test.ping through a notifier, and prints how it ended.")

  @Argument(help: ArgumentHelp("The notifier's name in the config.", valueName: "name"))
  var name: String

  @OptionGroup var config: ConfigOption

  func run() async throws {
    let desk: Desk
    do {
      desk = try Desk(
        file: config.file, environment: ProcessInfo.processInfo.environment,
        secretsMayBeMissing: false)
    } catch {
      throw Failure.config(error.description)
    }
    do {
      let ping = try await desk.ping(notifier: name)
      guard ping.arrived else { throw Failure.failed(ping.sentence) }
      Console.out(ping.sentence)
    } catch let problem as DeskProblem {
      throw Failure.failed(problem.message)
    }
  }
}
