import Foundation
import Support
import Testing

@Suite("The stream of events", .timeLimit(.minutes(5)))
struct EventStreamTests {
  /// The lines of a stream, as curl receives them.
  private func follow(_ site: ServedSite, _ query: String = "", last: String? = nil) throws
    -> ChildProcess
  {
    try ChildProcess(
      "/usr/bin/curl",
      ["--no-buffer", "--silent", "http://127.0.0.1:\(site.port)/api/v1/events\(query)"]
        + (last.map { ["--header", "Last-Event-ID: \($0)"] } ?? []))
  }

  @Test("has commits and events, resumes after an event, and ends with the daemon")
  func whole() async throws {
    let site = try await ServedSite()
    let stream = try follow(site)
    try await stream.output.wait(for: "the begin of the stream") {
      $0.contains { $0 == "retry: 2000" }
    }
    let id = try await site.fire()
    try await stream.output.wait(for: "the alert") { lines in
      lines.contains("event: alert.firing") && lines.contains { $0.contains(id) }
        && lines.contains("event: commit") && lines.contains("id: 1")
    }
    let again = try follow(site, "?after=0")
    try await again.output.wait(for: "the alert again") { $0.contains { $0.contains(id) } }
    let resumed = try follow(site, last: "1")
    try await resumed.output.wait(for: "the begin") { $0.contains { $0 == "retry: 2000" } }
    site.page.answer(page: Ticker(tjs: "0.10000").text)
    try await resumed.output.wait(for: "the end") { $0.contains("event: alert.resolved") }
    let lines = resumed.output.all
    #expect(!lines.contains("event: alert.firing") && lines.contains("id: 2"), "\(lines)")
    try await site.stop()
    for client in [stream, again, resumed] { _ = try await client.ending() }
  }

  @Test("is refused beyond its limit, and answers of more than 1 KiB are compressed")
  func limits() async throws {
    let site = try await ServedSite()
    let plain = try site.ask("/")
    #expect(plain.header("Content-Encoding") == nil && plain.header("Vary") == "Accept-Encoding")
    let small = try site.ask("/", "HEAD", ["Accept-Encoding": "br, gzip;q=0.5"])
    #expect(small.header("Content-Encoding") == "gzip")
    let sizes = try [plain, small].map { Int(try #require($0.header("Content-Length"))) ?? 0 }
    #expect(sizes[1] < sizes[0] / 2)
    #expect(
      try site.ask("/", "GET", ["Accept-Encoding": "gzip;q=0"]).header("Content-Encoding") == nil)
    try await site.stop()
  }
}
