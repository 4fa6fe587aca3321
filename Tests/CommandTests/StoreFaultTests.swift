import FXCore
import Foundation
import Glibc
import Support
import Testing

@Suite(
  "A state directory that takes nothing", .enabled(if: SmallDisk.isPossible, "root is needed"),
  .timeLimit(.minutes(5)))
struct StoreFaultTests {
  /// The rates of a page that changes at every step.
  private static let rates = ["0.10000", "0.12000", "0.15000", "0.19000", "0.24000"]

  @Test("because the disk is full does not stop local notifications, and loses nothing")
  func isFull() async throws {
    let disk = try SmallDisk(mebibytes: 8)
    let receiver = try Receiver()
    let page = try LoopbackServer(page: Ticker(tjs: Self.rates[0]).text)
    let installation = try Installation()
    try installation.scratch.write(
      """
      state: \(disk.path)
      sources: {timesca: \(Installation.ticker(page.url))}
      rules: {moves: {when: abs(change) > 1%}}
      notifiers:
        console: {type: stdout, format: json}
        ops: \(Installation.webhook(receiver.url))

      """, to: "fxwatch.yaml")
    let daemon = try await installation.daemon()
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker(tjs: Self.rates[1]).text)
    try await receiver.taken(1)

    try disk.fill()
    for (index, rate) in Self.rates.enumerated().dropFirst(2) {
      page.answer(page: Ticker(tjs: rate).text)
      try await daemon.output.first(index)
    }
    #expect(receiver.posts.all.count == 1)
    try disk.empty()
    let taken = try await receiver.taken(4)
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()

    #expect(ending.status == 0)
    #expect(taken.map(\.rate) == Array(Self.rates.dropFirst()))
    #expect(receiver.posts.all.count == 4)
    // Each was also sent to the local notifiers once, and is the event that was stored.
    let lines = try ending.output.split(separator: "\n").map { try JSONReader.read(Array($0.utf8)) }
    #expect(lines == taken.map(\.payload))
    let log = ending.errors.split(separator: "\n")
    #expect(log.count { $0.contains("error: ") } == 1)
    #expect(log.count { $0.contains("the store works again; no event was lost") } == 1)
    let rows = try await installation.rows("history", "TJS/USD", "--versions")
    #expect(rows.compactMap { $0["rate"]?.text } == Self.rates)
    let deliveries = try await installation.rows("deliveries", "list")
    #expect(deliveries.count == 8)
    #expect(deliveries.allSatisfy { $0["state"]?.text == "delivered" })
  }
}

/// A file system of a few megabytes in memory.
final class SmallDisk: Sendable {
  /// True if this process may mount a file system.
  static let isPossible: Bool = {
    guard let disk = try? SmallDisk(mebibytes: 1) else { return false }
    return !disk.path.isEmpty
  }()

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// The path where it is mounted.
  let path: String

  private let scratch: Scratch

  init(mebibytes: Int) throws {
    scratch = try Scratch()
    path = scratch.file("disk")
    guard mkdir(path, 0o700) == 0, mount("none", path, "tmpfs", 0, "size=\(mebibytes)m") == 0 else {
      throw Failure(
        description: "no file system can be mounted: \(String(cString: strerror(errno)))")
    }
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  /// Leaves no byte free.
  func fill() throws {
    let descriptor = open("\(path)/filler", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Failure(description: "no filler") }
    defer { close(descriptor) }
    for size in [4096, 1] {
      let bytes = [UInt8](repeating: 0, count: size)
      while write(descriptor, bytes, size) > 0 {}
    }
  }

  /// Gives the space back.
  func empty() throws {
    guard unlink("\(path)/filler") == 0 else { throw Failure(description: "no filler") }
  }
}
