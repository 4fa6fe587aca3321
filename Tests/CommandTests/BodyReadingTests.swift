import Foundation
import Support
import Testing

@Suite("Bodies that take much to read", .timeLimit(.minutes(5)))
struct BodyReadingTests {
  /// A kind of body, with the settings of the source that reads it.
  enum Hostile: String, Sendable {
    /// A table of 4 MiB with small cells, which takes 80 times its size in memory.
    case cells
    /// A path that finds the same rows from each heading, which libxml2's own limit does not count.
    case path

    var settings: String {
      switch self {
      case .cells: "format: html, table: //table, base: Code, quote: KZT, rate: Rate"
      case .path:
        "format: html, rows: \"//h2[.='Rates']/following::tr\", base: \"td[1]\", quote: KZT, "
          + "rate: \"td[2]\""
      }
    }

    var body: [UInt8] {
      let (start, unit, size) =
        switch self {
        case .cells: ("<table><tr><th>Code<th>Rate</tr>", "<tr><td>1.234567", 3_980_000)
        case .path: ("", "<h2>Rates</h2><table><tr><td>USD<td>1.5</table>", 1_800_000)
        }
      let units = String(repeating: unit, count: size / unit.utf8.count)
      return Array("<html><body>\(start)\(units)</body></html>".utf8)
    }
  }

  @Test(
    "are refused with a sentence, keep no other source waiting, and leave no memory behind",
    arguments: [
      [.cells], [.path], [.cells, .path, .path, .path, .cells, .path, .cells, .path],
    ] as [[Hostile]])
  func refused(bodies: [Hostile]) async throws {
    let good = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let pages = bodies.map(\.body)
    let bad = try LoopbackServer { request in
      let number = Int(request.target.dropFirst()) ?? 0
      return .answer(headers: [.init("Content-Type", "text/html")], body: pages[number])
    }
    defer { for server in [good, bad] { server.stop() } }
    var sources = [("good", Installation.ticker(good.url))]
    for (number, hostile) in bodies.enumerated() {
      sources.append(
        (
          "bad\(number)",
          "{url: \"\(bad.url)/\(number)\", allow_private: true, every: 1s, \(hostile.settings)}"
        ))
    }
    let installation = try Installation(sources: sources)
    let daemon = try await installation.daemon()
    let failures = try await daemon.errors.wait(
      for: "the failures", patience: .seconds(120)
    ) { lines in
      bodies.indices.allSatisfy { number in
        lines.contains { $0.contains("bad\(number): the bod") }
      }
    }
    for line in failures where line.contains(": the body took more than") {
      #expect(
        line.hasSuffix(" 5 s to read") || line.hasSuffix(" MiB of memory to read"), "\(line)")
    }
    // The good source is polled each second meanwhile, and is not kept waiting.
    let polls = good.requests.count
    let start = SuspendingClock.now
    _ = await good.requests(atLeast: polls + 3)
    #expect(SuspendingClock.now - start < .seconds(20))
    let memory = try ownMemory(of: daemon.pid)
    #expect(memory < 40 << 10, "\(memory) KiB")
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }

  @Test("are refused by poll --file with the same sentence")
  func polled() async throws {
    let installation = try Installation(
      sources: [
        ("bad", "{url: \"https://bank.example/\", every: 1h, \(Hostile.path.settings)}")
      ])
    let file = installation.scratch.file("body")
    try Data(Hostile.path.body).write(to: URL(filePath: file))
    for options in [[], ["--explain"]] {
      let ending = try await installation.command(["poll", "bad", "--file", file] + options)
      #expect(ending.status == 1)
      #expect(
        ending.errors == "\(file), read as bad: the body took more than 5 s to read\n")
    }
  }

  @Test("are read like any other if they take less")
  func ordinary() async throws {
    let installation = try Installation(
      sources: [
        (
          "bank",
          "{url: \"https://bank.example/\", every: 1h, format: csv, base: Code, quote: KZT, rate: Rate}"
        )
      ])
    let codes = (0..<1000).map { number in
      String(
        decoding: [number / 676, number / 26 % 26, number % 26].map { UInt8(65 + $0) },
        as: UTF8.self)
    }
    let text = "Code,Rate\n" + codes.map { "\($0),1.2345\n" }.joined()
    let file = try installation.scratch.write(text, to: "rates.csv")
    let ending = try await installation.command("poll", "bank", "--file", file, "--format", "csv")
    // Some of the codes are of withdrawn currencies.
    #expect(ending.errors.split(separator: "\n").allSatisfy { $0.hasSuffix(" and is ignored") })
    #expect(ending.output.split(separator: "\n").count > 900)
  }

  /// The memory of a process in KiB that is not that of its program.
  private func ownMemory(of pid: Int32) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") })
    return try #require(line.split(separator: " ").dropLast().last.flatMap { Int($0) })
  }
}
