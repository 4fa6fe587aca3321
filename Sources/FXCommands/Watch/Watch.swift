import FXCore
package import FXDaemon
import FXSystem
import Glibc

/// A live table of rates and alerts on the terminal, until `q` or a signal.
///
/// It reads the store every two seconds and asks the daemon for its state; it needs none to run.
package struct Watch: Sendable {
  /// The time between two readings.
  private static let interval = Duration.seconds(2)

  private let context: CommandContext
  private let pairs: [String]
  private let sources: [String]
  private let style: TextStyle
  private let clock = SystemClock()

  /// A table of all rates, or of the pairs and sources that match.
  package init(
    _ context: CommandContext, pairs: [String], sources: [String], style: TextStyle
  ) {
    self.context = context
    self.pairs = pairs
    self.sources = sources
    self.style = style
  }

  /// The content of this moment.
  package func content() throws(CommandFailure) -> WatchContent {
    var state: String
    var problem: String?
    do throws(CommandFailure) {
      let report = try StatusRequest(stateDirectory: context.setup.stateDirectory).send()
      (state, problem) = (report.state.rawValue, report.firstProblem)
    } catch {
      (state, problem) = ("no daemon", error.message)
    }
    return WatchContent(
      rates: try context.rates(pairs: pairs, sources: sources),
      alerts: try context.alerts(all: false), state: state, problem: problem, now: clock.now())
  }

  /// Shows the table until a key or a signal ends it; then the terminal is as it was.
  package func run() async throws(CommandFailure) {
    var content = try content()
    let screen: FullScreen
    do throws(SystemError) {
      screen = try FullScreen()
    } catch {
      throw .failed("watch needs a terminal; use --once for a table of this moment")
    }
    defer { screen.leave() }
    let lane = Lane(label: "terminal")
    let (events, feed) = AsyncStream.makeStream(of: WatchEvent.self)
    let timer = LaneTimer(on: lane) { feed.yield(.due) }
    let signals = [
      await LaneSignal(.interrupt, on: lane) { feed.yield(.ended) },
      await LaneSignal(.terminate, on: lane) { feed.yield(.ended) },
      await LaneSignal(.hangUp, on: lane) { feed.yield(.ended) },
      await LaneSignal(.windowChange, on: lane) { feed.yield(.resized) },
    ]
    let keyboard = LaneDescriptor(
      STDIN_FILENO, for: .reading, on: lane,
      handler: {
        // An input that is ready and empty is at its end.
        let bytes = FullScreen.keys() ?? []
        feed.yield(bytes.isEmpty ? .ended : .keys(WatchKey.keys(bytes)))
      }, released: {})
    defer {
      keyboard.cancel()
      timer.cancel()
      for signal in signals { signal.cancel() }
    }
    var offset = 0
    timer.arm(after: Self.interval, leeway: .zero)
    var frame = WatchFrame(content, size: screen.size, offset: offset, style: style)
    guard (try? screen.draw(frame.lines)) != nil else { return }
    for await event in events {
      switch event {
      case .ended: return
      case .keys(let keys):
        if keys.contains(.quit) { return }
        offset = keys.reduce(frame.offset) { Self.offset($0, after: $1, page: frame.page) }
      case .resized: break
      case .due:
        content = try self.content()
        timer.arm(after: Self.interval, leeway: .zero)
      }
      frame = WatchFrame(content, size: screen.size, offset: offset, style: style)
      guard (try? screen.draw(frame.lines)) != nil else { return }
    }
  }

  /// Returns the number of rates that are scrolled away after a key; the frame limits it.
  private static func offset(_ offset: Int, after key: WatchKey, page: Int) -> Int {
    switch key {
    case .lines(let count): max(0, offset + count)
    case .pages(let count): max(0, offset + count * page)
    case .start: 0
    case .end: .max / 2
    case .quit: offset
    }
  }
}
