import ArgumentParser
import FXCommands
import FXWeb

/// The command `fxwatch demo`.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Demonstrates fxwatch on this machine alone, in a few seconds.",
    discussion: """
      The daemon polls a local page whose rates change as those of the Times of Central Asia did from \
      March 2025 to February 2026, and sends signed webhooks to a local receiver, which prints them.
      """)

  @Flag(help: "Serve the page and the API, with rates that keep moving, until Ctrl-C.")
  var web = false

  func run() async throws {
    try await Demo(web: web ? WebService() : nil) { Console.out($0.isEmpty ? "\n" : $0) }.run()
  }
}
