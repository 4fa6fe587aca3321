import FXCore
import Foundation
import Glibc
import Support
import Testing

@Suite(
  "A state directory that becomes read-only",
  .enabled(if: PreloadedLibrary.isPossible, "a C compiler is needed"), .timeLimit(.minutes(5)))
struct ReadOnlyTests {
  private static let rates = ["0.10000", "0.12000", "0.15000", "0.19000", "0.24000"]

  @Test("does not stop local notifications, is logged once, and loses nothing")
  func whileRunning() async throws {
    let disk = try ReadOnlyDisk()
    let journald = RunningJournald.isPossible ? try RunningJournald() : nil
    defer { journald?.stop() }
    let receiver = try Receiver()
    let page = try LoopbackServer(page: Ticker(tjs: Self.rates[0]).text)
    let journal = journald.map { _ in [("journal", "{type: journald}")] } ?? []
    let installation = try Installation(
      sources: [("timesca", Installation.ticker(page.url))],
      rules: [("moves", "{when: abs(change) > 1%}")],
      notifiers: [
        ("console", "{type: stdout, format: json}"), ("ops", Installation.webhook(receiver.url)),
      ] + journal)
    let daemon = try await installation.daemon(
      environment: disk.environment(of: installation.scratch.file("state")))
    _ = await page.requests(atLeast: 2)
    page.answer(page: Ticker(tjs: Self.rates[1]).text)
    try await receiver.taken(1)
    let lines = try await daemon.output.first(1)

    try disk.becomeReadOnly()
    for (index, rate) in Self.rates.enumerated().dropFirst(2) {
      page.answer(page: Ticker(tjs: rate).text)
      try await daemon.output.first(index)
    }
    // A silence cannot be stored either; the history can be read.
    let rates = try await installation.rows("rates")
    #expect(rates.map { $0["rate"]?.text } == [Self.rates[1]])
    let reload = try await installation.command("reload", "--pid", "\(daemon.pid)")
    #expect(reload.status == 1)
    #expect(receiver.posts.all.count == 1)
    try disk.becomeWritable()
    let taken = try await receiver.taken(4, patience: .seconds(120))
    daemon.signal(SIGTERM)
    let ending = try await daemon.ending()

    #expect(ending.status == 0)
    #expect(taken.map(\.rate) == Array(Self.rates.dropFirst()))
    #expect(receiver.posts.all.count == 4)
    // Each was also sent to the local notifiers once, and is the event that was stored.
    let sent = try ending.output.split(separator: "\n").map { try JSONReader.read(Array($0.utf8)) }
    #expect(sent == taken.map(\.payload))
    #expect(lines.count == 1)
    let log = ending.errors.split(separator: "\n")
    #expect(log.count { $0.contains("error: \(installation.scratch.file("state"))") } == 1)
    #expect(log.count { $0.contains("the store works again; no event was lost") } == 1)
    let ids = taken.compactMap { $0["alert_id"] }
    for id in journald == nil ? [] : ids {
      #expect(try journald?.entries(matching: ["FXWATCH_ALERT_ID=\(id)"]).count == 1)
    }
    let rows = try await installation.rows("history", "TJS/USD", "--versions")
    #expect(rows.compactMap { $0["rate"]?.text } == Self.rates)
    let deliveries = try await installation.rows("deliveries", "list", "--state", "delivered")
    #expect(deliveries.count == (journald == nil ? 8 : 12))
  }
}

/// A file system that the kernel has made read-only, as ext4 does when it
/// finds an error: files that are open stay so, and whatever would change one fails with EROFS.
///
/// No file system can be made so while a process has files of it open for writing, but by an error;
/// so the calls are refused in the process, by a library that is loaded before the C library.
final class ReadOnlyDisk: Sendable {
  private let library: PreloadedLibrary

  /// A disk that can still be written.
  init() throws { library = try PreloadedLibrary(Self.source) }

  /// The environment of a process whose files below `directory` are on the disk.
  func environment(of directory: String) -> [String: String] {
    [
      "LD_PRELOAD": library.path, "READ_ONLY": "\(directory)/",
      "READ_ONLY_WHILE": library.scratch.file("flag"),
    ]
  }

  func becomeReadOnly() throws { try library.scratch.write("", to: "flag") }

  func becomeWritable() throws {
    guard unlink(library.scratch.file("flag")) == 0 else {
      throw PreloadedLibrary.Failure(description: "no flag")
    }
  }

  private static let source = """
    #define _GNU_SOURCE
    #include <errno.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/stat.h>
    #include <sys/syscall.h>
    #include <unistd.h>

    static int refuses(int file) {
      const char *flag = getenv("READ_ONLY_WHILE"), *directory = getenv("READ_ONLY");
      char link[64], path[4096];
      struct stat status;
      if (!flag || !directory || syscall(SYS_access, flag, F_OK) != 0) return 0;
      if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) return 0;
      snprintf(link, sizeof link, "/proc/self/fd/%d", file);
      ssize_t length = readlink(link, path, sizeof path - 1);
      if (length < 0) return 0;
      path[length] = 0;
      if (strncmp(path, directory, strlen(directory)) != 0) return 0;
      errno = EROFS;
      return 1;
    }

    ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
      return refuses(file) ? -1 : syscall(SYS_pwrite64, file, bytes, count, offset);
    }

    ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
      return pwrite64(file, bytes, count, offset);
    }

    ssize_t write(int file, const void *bytes, size_t count) {
      return refuses(file) ? -1 : syscall(SYS_write, file, bytes, count);
    }

    int ftruncate64(int file, off64_t length) {
      return refuses(file) ? -1 : syscall(SYS_ftruncate, file, length);
    }

    int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

    """
}
