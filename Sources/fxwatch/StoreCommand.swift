import ArgumentParser
import FXCommands

/// The command `fxwatch store`.
struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Verifies and backs up the database.",
    subcommands: [Verify.self, Backup.self])

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

  /// The command `fxwatch store backup`.
  struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "backup", abstract: "Copies the database into a new file, also while the daemon runs.",
      discussion: """
        The copy is the state of one instant. FILE must not exist; it is readable only for its owner, \
        and gets its name once it is whole. How to restore it is described in fxwatch-operations(7).
        """)

    @OptionGroup var config: ConfigOption

    @Argument(help: .init("The new file.", valueName: "FILE"), completion: .file())
    var file: String

    func run() async throws {
      let bar = ProgressLine()
      defer { bar.clear() }
      try config.context().backUpStore(to: file) { bar.show("copying", share: $0) }
    }
  }
}
