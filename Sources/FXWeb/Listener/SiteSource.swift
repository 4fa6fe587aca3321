import FXCommands
import FXCore
import FXDaemon
import FXSystem

/// The sources of answers: the config, the store and the running daemon.
struct SiteSource: Sendable {
  /// The config with the store.
  let context: CommandContext

  let settings: WebSettings

  /// The running daemon.
  let daemon: ObservedDaemon

  var setup: Setup { context.setup }

  /// The current time.
  var now: Timestamp { SystemClock().now() }

  /// Reads from the store.
  func stored<Answer>(
    _ ask: (any HistoryReading) throws(StoreProblem) -> Answer
  ) throws(WebFailure) -> Answer {
    do throws(StoreProblem) {
      return try ask(setup.store.openForReading())
    } catch {
      throw .unavailable(error.message)
    }
  }

  /// Runs the work of a command, whose failures are those of the request.
  func commanded<Answer>(
    _ work: () throws(CommandFailure) -> Answer
  ) throws(WebFailure) -> Answer {
    do throws(CommandFailure) {
      return try work()
    } catch {
      throw error.status == 2 ? .invalid(error.message) : .notFound(error.message)
    }
  }
}
