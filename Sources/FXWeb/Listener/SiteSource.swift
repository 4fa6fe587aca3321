import FXCommands
import FXCore
import FXDaemon
import FXSystem
import Synchronization

/// The sources of answers: the config, the store and the running daemon.
final class SiteSource: Sendable {
  /// The config with the store.
  let context: CommandContext

  let settings: WebSettings

  /// The running daemon.
  let daemon: ObservedDaemon

  /// The streams of events.
  let events: EventStreams

  /// The latest rates of all series, which most pages need, as of a commit.
  private let latest = Mutex<(mark: Int64, rates: [LatestRate])?>(nil)

  /// Tells the tags of this config apart from those of another or of an earlier run.
  private let mark = String(UInt64.random(in: .min ... .max), radix: 16)

  /// The sources of a setup; all answers share one connection to its store.
  init(
    _ setup: Setup, _ settings: WebSettings, _ daemon: ObservedDaemon
  ) throws(CommandFailure) {
    var sharing = setup
    sharing.store = KeptReading(setup.store)
    context = try CommandContext(sharing, environment: daemon.environment)
    self.settings = settings
    self.daemon = daemon
    // Streams are read on a lane of their own, over another connection.
    events = EventStreams(setup.store)
  }

  var setup: Setup { context.setup }

  /// The current time.
  var now: Timestamp { SystemClock().now() }

  /// The entity tag of everything that is stored; nil where the store cannot be read.
  var commitTag: String? {
    (try? stored { reader throws(StoreProblem) in try reader.commitMark() }).map {
      "W/\"\(mark)-\($0)\""
    }
  }

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

  /// Returns the latest rate of every series; reads them once for each commit.
  func latestRates() throws(WebFailure) -> [LatestRate] {
    try stored { reader throws(StoreProblem) in
      let mark = try reader.commitMark()
      if let known = latest.withLock({ $0 }), known.mark == mark { return known.rates }
      let rates = try reader.latestRates()
      latest.withLock { $0 = (mark, rates) }
      return rates
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
