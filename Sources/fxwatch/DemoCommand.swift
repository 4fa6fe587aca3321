import ArgumentParser
import FXCommands

/// The command `fxwatch demo`.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "The whole pipeline on this machine alone, in a few seconds.",
    discussion: """
      A local page moves as the Times of Central Asia's ticker did from March 2025 to February \
      2026; the daemon polls it, and a local receiver prints the signed webhooks it gets.
      """)

  func run() async throws {
    try await Demo { Console.out($0.isEmpty ? "\n" : $0) }.run()
  }
}
