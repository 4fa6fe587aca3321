import Crypto
import FXCore
package import FXDaemon
import FXServer
import FXSystem
import Foundation

/// The demo: a local page that changes, the real daemon, and a local receiver that shows the webhooks it
/// gets.
///
/// The page is the ticker of the Times of Central Asia, first of 24 March 2025, then of 20 February
/// 2026. All files are in a temporary directory that is removed at the end.
package struct Demo: Sendable {
  /// The longest wait for anything; the demo fails after it.
  private static let patience: Duration = .seconds(20)

  /// The interval of checks for the first rates in the store.
  private static let checkInterval: Duration = .milliseconds(50)

  /// The address of the page and the API.
  private static let webAddress = "127.0.0.1:9780"

  private let lane = Lane(label: "demo")
  private let show: @Sendable (String) -> Void

  /// The page and the API of the daemon; nil for a demo without them.
  private let web: (any WebInterface)?

  /// A demo that prints through `show`; with a page it goes on until it is interrupted.
  package init(web: (any WebInterface)? = nil, show: @escaping @Sendable (String) -> Void) {
    self.web = web
    self.show = show
  }

  /// Runs the demo; throws where something did not work.
  package func run() async throws(CommandFailure) {
    let directory = FileManager.default.temporaryDirectory
      .appending(path: "fxwatch-demo-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let page = LocalPage(body: DemoPage.march2025)
    let receiver = LocalReceiver()
    let file: String
    do {
      file = try writeConfig(
        into: directory, pagePort: await page.start(), receiverPort: await receiver.start())
    } catch {
      throw CommandFailure.failed("the demo cannot be set up: \(error)")
    }
    let daemon = try Daemon(file: file, environment: [:], web: web)
    let ending = Task { () -> CommandFailure? in
      do throws(CommandFailure) {
        try await daemon.run()
        return nil
      } catch {
        return error
      }
    }
    if web != nil {
      let result = await move(page, receiver: receiver, state: directory + "/var", until: ending)
      await page.stop()
      await receiver.stop()
      if let result { throw result }
      return
    }
    show("1. fxwatch polls a page every second. Its rates are those of 24 March 2025:")
    let result = await act(on: page, receiver: receiver, state: directory + "/var")
    await daemon.stop()
    let failure = await ending.value
    await page.stop()
    await receiver.stop()
    if let failure { throw failure }
    if let result { throw result }
    show("")
    show("This was the real daemon with real polls, a real database and signed webhooks.")
    show("Next: edit etc/fxwatch.yaml, then `fxwatch check` and `fxwatch run`.")
  }

  /// Moves the rates of the page until the daemon is interrupted; returns the failure, if any.
  private func move(
    _ page: LocalPage, receiver: LocalReceiver, state: String,
    until ending: Task<CommandFailure?, Never>
  ) async -> CommandFailure? {
    guard await firstRates(in: state) != nil else {
      return CommandFailure.failed("the demo's page was not read within \(Self.patience)")
    }
    show("fxwatch polls a page whose rates move every two seconds. See what it knows at")
    show("")
    show("  http://\(Self.webAddress)/")
    show("")
    show("Ctrl-C ends the demo.")
    let ticker = DemoTicker(page, on: lane)
    await ticker.start()
    let receiving = Task { for await _ in receiver.posts {} }
    let failure = await ending.value
    await ticker.stop()
    receiving.cancel()
    return failure
  }

  /// Changes the page and shows the webhooks that arrive; returns the failure, if any.
  private func act(
    on page: LocalPage, receiver: LocalReceiver, state: String
  ) async -> CommandFailure? {
    guard let rates = await firstRates(in: state) else {
      return CommandFailure.failed("the demo's page was not read within \(Self.patience)")
    }
    show(rates)
    show("2. The page changes to the rates of 20 February 2026. The rule is `abs(change) > 1%`.")
    show("")
    page.show(DemoPage.february2026)
    var arrived = 0
    let receiving = Task {
      var posts: [ReceivedPost] = []
      for await post in receiver.posts {
        posts.append(post)
        if posts.count == 2 { break }
      }
      return posts
    }
    let timeout = LaneTimer(on: lane) { receiving.cancel() }
    timeout.arm(after: Self.patience, leeway: .zero)
    for post in await receiving.value {
      arrived += 1
      show("")
      show("3.\(arrived) The receiver got a webhook, POST \(post.path):")
      for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        show("   \(name): \(post.header(name) ?? "missing")")
      }
      show("   \(String(decoding: post.body, as: UTF8.self))")
    }
    timeout.cancel()
    guard arrived == 2 else {
      return CommandFailure.failed("the demo's receiver got \(arrived) of 2 webhooks")
    }
    return nil
  }

  /// Returns the table of rates once some are stored; nil where it takes too long.
  private func firstRates(in state: String) async -> String? {
    let clock = SystemClock()
    let deadline = clock.monotonic() + Self.patience
    var timers: [LaneTimer] = []
    defer { for timer in timers { timer.cancel() } }
    while clock.monotonic() < deadline {
      if let reader = try? Setup.store(inStateDirectory: state).openForReading(),
        let rates = try? reader.latestRates(), !rates.isEmpty
      {
        return Report.rates(rates, setup: nil, now: clock.now()).text(as: .table)
      }
      await withCheckedContinuation { continuation in
        let next = LaneTimer(on: lane) { continuation.resume() }
        next.arm(after: Self.checkInterval, leeway: .zero)
        timers.append(next)
      }
    }
    return nil
  }

  private func writeConfig(
    into directory: String, pagePort: UInt16, receiverPort: UInt16
  ) throws -> String {
    let files = FileManager.default
    try files.createDirectory(atPath: directory, withIntermediateDirectories: true)
    let secret = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0).base64EncodedString() }
    guard
      files.createFile(
        atPath: directory + "/secret", contents: Data("whsec_\(secret)\n".utf8),
        attributes: [.posixPermissions: 0o600])
    else { throw CommandFailure.failed("cannot write to \(directory)") }
    let config = """
      state: \(directory)/var
      sources:
        timesca:
          preset: timesca
          url: http://127.0.0.1:\(pagePort)/
          every: 1s
          allow_private: true
      rules:
        big-move:
          when: abs(change) > 1%
      notifiers:
        console: {type: stdout, format: text}
        receiver:
          type: webhook
          url: http://127.0.0.1:\(receiverPort)/hook
          secret: {file: \(directory)/secret}
      \(web == nil ? "" : "web: {listen: \"\(Self.webAddress)\"}")

      """
    let file = directory + "/fxwatch.yaml"
    try config.write(toFile: file, atomically: true, encoding: .utf8)
    return file
  }
}
