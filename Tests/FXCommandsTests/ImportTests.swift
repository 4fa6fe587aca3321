import FXCommands
import FXCore
import FXDaemon
import FXSystem
import Foundation
import Support
import Testing

@Suite("fxwatch import")
struct HistoryImporterTests {
  private let scratch: Scratch
  private let context: CommandContext

  init() throws {
    scratch = try Scratch()
    let config = try scratch.write(
      """
      state: \(scratch.file("var"))
      sources:
        ecb: {preset: ecb}
        timesca: {preset: timesca}
      notifiers:
        console: {type: stdout}

      """, to: "fxwatch.yaml")
    context = try CommandContext(file: config, environment: [:])
  }

  private func day(_ text: String) throws -> CalendarDay {
    try #require(CalendarDay(text: text))
  }

  private func history(
    _ pair: String, asOf: String? = nil, since: String, until: String
  ) throws -> [String] {
    var options = HistoryOptions(pair: try #require(CurrencyPair(pair)))
    options.since = try day(since)
    options.until = try day(until)
    options.asOf = asOf.flatMap { Timestamp(text: $0) }
    options.allVersions = true
    let report = try context.history(options)
    return report.text(as: .csv).split(separator: "\n").dropFirst().map(String.init)
  }

  @Test("27 years of the ECB's rates in a zip archive: stored, asked as of any day, and only once")
  func wholeHistory() async throws {
    let archive = CentralBankArchive(from: try day("1999-01-04"), to: try day("2026-04-13"))
    let file = try scratch.write(
      StoredZip.archive(["eurofxref-hist.csv": archive.csv]), to: "eurofxref-hist.zip")
    let stored = Locked<[ImportProgress]>([])
    let start = ContinuousClock.now
    let summary = try await context.importArchives(of: "ecb", files: [file], undated: nil) {
      report in
      stored.withLock { $0.append(report) }
    }
    let took = ContinuousClock.now - start
    Self.note("\(archive.days) days, \(archive.rates) rates imported in \(took)")
    #expect(summary.notes == [])
    #expect(
      summary.line.replacing(" ", with: "")
        == "imported\(archive.days)publications,\(archive.rates)rates,1999-01-04to2026-04-13")
    #expect(
      stored.withLock { $0.last } == .storing(done: archive.rates, of: archive.rates))

    let part = CentralBankArchive(from: try day("2026-01-01"), to: try day("2026-04-13"))
    let again = try await context.importArchives(
      of: "ecb", files: [try scratch.write(part.csv, to: "part.csv")], undated: nil
    ) { _ in }
    #expect(
      again.line == "imported 0 publications, 0 rates; \(part.days) days were known")

    let all = try history("EUR/USD", since: "2024-07-01", until: "2024-07-03")
    #expect(all.count == 3)
    // Published at 16:00 in Frankfurt, which is 14:00 UTC in summer.
    #expect(all[0].contains("2024-07-01T14:00:00.000Z"))
    #expect(
      try history(
        "EUR/USD", asOf: "2024-07-02T13:59:59Z", since: "2024-07-01", until: "2024-07-03")
        == [all[0]])
    #expect(
      try history(
        "EUR/USD", asOf: "2024-07-02T14:00:00Z", since: "2024-07-01", until: "2024-07-03")
        == Array(all[...1]))
    #expect(try history("EUR/CYP", since: "2007-12-31", until: "2010-01-01").count == 2)
    let rates = try context.rates().text(as: .csv)
    // Twelve of the 41 currencies became the euro, got another name, or are not quoted any more.
    #expect(rates.split(separator: "\n").count == 1 + 29)
  }

  @Test("A file that is no archive of the source stores nothing and is named")
  func malformed() async throws {
    let good = try scratch.write(Array("Date,USD,\n2026-01-02,1.1721,\n".utf8), to: "good.csv")
    let bad = try scratch.write(
      Array("<html><title>Just a moment...</title></html>".utf8), to: "bad.csv")
    let failure = await #expect(throws: CommandFailure.self) {
      try await context.importArchives(of: "ecb", files: [good, bad], undated: nil) { _ in }
    }
    #expect(failure?.message.hasPrefix("\(bad), read as ecb: ") == true)
    #expect(failure?.message.hasSuffix("; nothing was imported") == true)
    #expect(failure?.status == 1)
    let summary = try await context.importArchives(of: "ecb", files: [good], undated: nil) { _ in }
    #expect(summary.line == "imported 1 publication, 1 rate, 2026-01-02 to 2026-01-02")
  }

  @Test("Saved pages are days; one without a date is left out unless its day is given")
  func savedPages() async throws {
    func page(_ rate: String, _ date: String) -> [UInt8] {
      Array("KGS/USD = \(rate) 0%\n\(date)\nViewing results 1 - 6 of 6\n".utf8)
    }
    let files = [
      try scratch.write(page("0.01154", "24 March 2025"), to: "a.html"),
      try scratch.write(page("0.01155", "24 March 2025"), to: "b.html"),
      try scratch.write(page("0.01144", ""), to: "c.html"),
    ]
    let summary = try await context.importArchives(of: "timesca", files: files, undated: nil) { _ in
    }
    #expect(summary.line == "imported 1 publication, 1 rate, 2025-03-24 to 2025-03-24")
    #expect(
      summary.notes == [
        "the files contradict each other in 1 rate of the same day and pair; the first one was"
          + " kept",
        "left out 1 file without a date: \(files[2]); give the day with --date",
      ])
    let dated = try await context.importArchives(
      of: "timesca", files: [files[2]], undated: try day("2025-03-20")
    ) { _ in }
    #expect(dated.line == "imported 1 publication, 1 rate, 2025-03-20 to 2025-03-20")
  }

  @Test("A day far ahead is no rate")
  func future() async throws {
    let file = try scratch.write(Array("Date,USD,\n9000-01-02,1.1721,\n".utf8), to: "future.csv")
    let failure = await #expect(throws: CommandFailure.self) {
      try await context.importArchives(of: "ecb", files: [file], undated: nil) { _ in }
    }
    #expect(failure?.message.contains("it has rates for 9000-01-02, but today is ") == true)
  }

  @Test("A source that the config does not have is named with the nearest one")
  func unknownSource() async throws {
    await #expect(
      throws: CommandFailure.failed(
        "unknown source 'ebc'; \(scratch.file("fxwatch.yaml")) has ecb, timesca; did you mean"
          + " 'ecb'?")
    ) {
      try await context.importArchives(of: "ebc", files: [], undated: nil) { _ in }
    }
  }

  @Test("Nothing is imported while a daemon runs")
  func running() async throws {
    let lock = try StateDirectoryLock(directory: scratch.file("var"))
    defer { withExtendedLifetime(lock) {} }
    let failure = await #expect(throws: CommandFailure.self) {
      try await context.importArchives(of: "ecb", files: [], undated: nil) { _ in }
    }
    #expect(
      failure?.message.hasPrefix("cannot import while a daemon runs: another fxwatch")
        == true)
  }

  private static func note(_ text: String) {
    FileHandle.standardError.write(Data("fxwatch import: \(text)\n".utf8))
  }
}
