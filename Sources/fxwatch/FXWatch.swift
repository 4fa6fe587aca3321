import ArgumentParser
import FXCommands
import FXDaemon
import Glibc

/// The command `fxwatch`.
@main
struct FXWatch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fxwatch",
    abstract: "Watches published currency rates, stores every version, and notifies about moves.",
    version: Version.text,
    subcommands: [
      AckCommand.self,
      AddCommand.self,
      AlertsCommand.self,
      BacktestCommand.self,
      CheckCommand.self,
      ConvertCommand.self,
      DeliveriesCommand.self,
      DemoCommand.self,
      ExplainCommand.self,
      HistoryCommand.self,
      ImportCommand.self,
      InitCommand.self,
      LogCommand.self,
      NotifyCommand.self,
      PollCommand.self,
      RateCommand.self,
      RatesCommand.self,
      ReloadCommand.self,
      RulesCommand.self,
      RunCommand.self,
      SilenceCommand.self,
      SourcesCommand.self,
      StatusCommand.self,
      StoreCommand.self,
      WatchCommand.self,
    ])

  /// Runs the command, with the exit codes that scripts rely on: 0 done, 1 it ran and something
  /// failed, 2 usage error, 78 (EX_CONFIG) invalid config.
  ///
  /// A process that was started to read a body does only that, before anything else is set up.
  ///
  /// The process ends without the exit handlers of libraries: OpenSSL's frees memory that threads that
  /// have not ended free, too.
  static func main() async {
    if CommandLine.arguments.dropFirst() == [BodyReaders.command] {
      BodyReaders.serve()
      _exit(0)
    }
    Console.keepDescriptors()
    _exit(Console.endingStatus(await status()))
  }

  private static func status() async -> Int32 {
    do {
      try await CommandLane.run { () async throws in try await perform() }
      return Interruption.current.hasHappened ? Interruption.exitStatus : 0
    } catch let failure as CommandFailure {
      Console.error(failure.message)
      return Interruption.current.hasHappened ? Interruption.exitStatus : failure.status
    } catch {
      let code = exitCode(for: error)
      let message = fullMessage(for: error)
      guard !code.isSuccess else {
        Console.out(message)
        return 0
      }
      Console.error(message)
      return code == .validationFailure ? 2 : code.rawValue
    }
  }

  private static func perform() async throws {
    var command = try parseAsRoot()
    // These handle signals themselves.
    if !(command is RunCommand || command is WatchCommand || command is DemoCommand) {
      await Interruption.current.watch { note in
        ProgressLine().clear()
        Console.error(note)
        _exit(Interruption.exitStatus)
      }
    }
    if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
  }
}
