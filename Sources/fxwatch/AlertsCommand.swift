import ArgumentParser
import FXCore
import FXDaemon
import FXStore

/// `fxwatch alerts`
struct AlertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts", abstract: "What fires now; with --all, everything that ever fired.")

  @Flag(name: .long, help: "Also what is over, and events, which are told once.")
  var all = false

  @OptionGroup var format: FormatOption
  @OptionGroup var config: ConfigOption

  func run() async throws {
    do {
      format.show(.alerts(try config.desk().history().alerts(all: all)))
    } catch let problem as StoreProblem {
      throw Failure.failed(problem.message)
    }
  }
}
