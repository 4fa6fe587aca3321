import ArgumentParser
import FXCommands

/// The command `fxwatch store`.
struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Verifies the database.", subcommands: [Verify.self])

  /// The command `fxwatch store verify`.
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract: "Checks the structure of the database, every stored value and every checksum.",
      discussion: """
        Changes nothing, and may run beside the daemon. Lists what is damaged, at most 1000 rows, and \
        exits with 1 if anything is. Rows that a version without checksums wrote are checked for \
        their values only. What to do about damage is described in fxwatch-operations(7).
        """)

    @OptionGroup var format: FormatOption
    @OptionGroup var config: ConfigOption

    func run() async throws {
      let bar = ProgressLine()
      let result: VerificationReport
      do {
        result = try config.context().verifyStore { bar.show("verifying", share: $0) }
      } catch {
        bar.clear()
        throw error
      }
      bar.clear()
      format.show(result.report)
      if !result.isGood { throw ExitCode(1) }
    }
  }
}
