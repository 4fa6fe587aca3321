import ArgumentParser
import FXCommands
import FXCore
import FXDaemon
import Glibc

/// The command `fxwatch store`.
struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Verifies, backs up and copies the database.",
    subcommands: [Verify.self, Backup.self, Copy.self])

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
      Interruption.current.note("interrupted; nothing was changed")
      let bar = ProgressLine()
      let result: VerificationReport
      do {
        result = try config.context().verifyStore {
          bar.show(ProgressText("verifying", percent: $0))
        }
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
      commandName: "backup",
      abstract: "Copies the database into a new file, also while the daemon runs.",
      discussion: """
        The copy is the state of one instant. FILE must not exist; it is readable only for its owner, \
        and gets its name once it is whole. How to restore it is described in fxwatch-operations(7).
        """)

    @OptionGroup var config: ConfigOption

    @Argument(help: .init("The new file.", valueName: "FILE"), completion: .file())
    var file: String

    func run() async throws {
      let unfinished = file + ".part"
      Interruption.current.note("interrupted; no backup was made") { unlink(unfinished) }
      let bar = ProgressLine()
      defer { bar.clear() }
      try config.context().backUpStore(to: file) { bar.show(ProgressText("copying", percent: $0)) }
    }
  }

  /// The command `fxwatch store copy`.
  struct Copy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "copy", abstract: "Copies everything from SQLite to PostgreSQL or back.",
      discussion: """
        'sqlite' is the database in the state directory, 'postgresql' that of 'store' in the config. No \
        daemon may run with either. The destination must be empty, but for an earlier copy that was \
        interrupted, which goes on. At the end both are compared row by row.
        """)

    @OptionGroup var config: ConfigOption

    @Argument(help: .init("Copied from: sqlite or postgresql.", valueName: "FROM"))
    var source: StoreKind

    @Argument(help: .init("Copied to: postgresql or sqlite.", valueName: "TO"))
    var destination: StoreKind

    func run() async throws {
      Interruption.current.note(
        "interrupted; the rows copied so far are kept, and the same command goes on from there")
      let bar = ProgressLine()
      let rows: Int
      do {
        rows = try config.context().copyStore(from: source, to: destination) {
          bar.show(ProgressText($0.rawValue, percent: $1))
        }
      } catch {
        bar.clear()
        throw error
      }
      bar.clear()
      Console.out("copied \(rows) rows; both stores are equal")
    }
  }
}

extension StoreKind: ExpressibleByArgument {}
