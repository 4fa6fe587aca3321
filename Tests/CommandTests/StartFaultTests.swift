import Foundation
import Glibc
import Support
import Testing

@Suite(
  "A start that fails for lack of resources",
  .enabled(if: PreloadedLibrary.isPossible, "a C compiler is needed"), .timeLimit(.minutes(5)))
struct StartFaultTests {
  /// Fails to open files whose path contains `$FAILING`, with the error `$FAILURE`.
  private static let source = """
    #define _GNU_SOURCE
    #include <dlfcn.h>
    #include <errno.h>
    #include <fcntl.h>
    #include <stdarg.h>
    #include <stdlib.h>
    #include <string.h>
    static int fails(const char *path) {
      const char *part = getenv("FAILING");
      if (!part || !strstr(path, part)) return 0;
      errno = atoi(getenv("FAILURE"));
      return 1;
    }
    #define OPEN(name) \\
      int name(const char *path, int flags, ...) { \\
        va_list list; va_start(list, flags); int mode = va_arg(list, int); va_end(list); \\
        if (fails(path)) return -1; \\
        return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name))(path, flags, mode); \\
      }
    OPEN(open)
    OPEN(open64)
    #include <stdio.h>
    #include <unistd.h>
    // Reads of the database fail, too, if $FAILING names no path.
    static int is_database(int file) {
      char name[64], path[4096];
      snprintf(name, sizeof name, "/proc/self/fd/%d", file);
      ssize_t length = readlink(name, path, sizeof path - 1);
      if (length < 0 || !getenv("FAILING") || strcmp(getenv("FAILING"), "/reads")) return 0;
      path[length] = 0;
      errno = atoi(getenv("FAILURE"));
      return strstr(path, "/state/fxwatch.db") != NULL;
    }
    #define READ(name, offset) \\
      ssize_t name(int file, void *bytes, size_t count, offset at) { \\
        if (is_database(file)) return -1; \\
        return ((ssize_t (*)(int, void *, size_t, offset))dlsym(RTLD_NEXT, #name))(file, bytes, count, at); \\
      }
    READ(pread, off_t)
    READ(pread64, off64_t)
    """

  @Test(
    "ends with 1, after which the service is started again",
    arguments: [
      "fxwatch.yaml", "rules.d/one.yaml", "secret", "state/lock", "state/fxwatch.db",
      "state/fxwatch.db-wal",
    ], [EMFILE, EIO, ENOMEM])
  func transient(file: String, failure: Int32) async throws {
    let ending = try await start(failing: file, failure)
    #expect(ending.status == 1, "\(ending.errors)")
    #expect(ending.errors.contains(String(cString: strerror(failure))) || !ending.errors.isEmpty)
    #expect(!ending.errors.lowercased().contains("move"))
  }

  @Test("ends with 1 if a failing disk does not let the database be read")
  func failingDisk() async throws {
    let installation = try Installation(sources: [("ecb", "{preset: ecb}")])
    let library = try PreloadedLibrary(Self.source)
    for _ in 1...2 {
      let ending = try await installation.start(
        "run",
        environment: [
          "LD_PRELOAD": library.path, "FAILING": "/reads", "FAILURE": "\(EIO)",
        ]
      ).ending()
      #expect(ending.status == 1, "\(ending.errors)")
      #expect(ending.errors.contains("check the disk"))
      #expect(!ending.errors.contains("move"))
    }
  }

  @Test("ends with 1 and a sentence if too few descriptors are allowed")
  func descriptors() async throws {
    let installation = try Installation(sources: [("ecb", "{preset: ecb}")])
    for number in 3...30 {
      let ending = try await ChildProcess(
        "/bin/sh",
        [
          "-c", "ulimit -n \(number); exec \"$0\" run --config \"$1\"", Installation.program,
          installation.config,
        ]
      ).ending()
      // The loader needs a few itself.
      if ending.errors.contains("shared librar") { continue }
      #expect(ending.status == 1, "\(number): \(ending.errors)")
      #expect(ending.errors.contains("allow more with LimitNOFILE="), "\(number): \(ending.errors)")
    }
  }

  @Test(
    "ends with 78 if only an administrator can help",
    arguments: ["fxwatch.yaml", "rules.d/one.yaml", "secret", "state/lock", "state/fxwatch.db"],
    [EACCES])
  func lasting(file: String, failure: Int32) async throws {
    #expect(try await start(failing: file, failure).status == 78)
  }

  private func start(failing file: String, _ failure: Int32) async throws -> ChildProcess.Ending {
    let installation = try Installation()
    try FileManager.default.createDirectory(
      atPath: installation.scratch.file("rules.d"), withIntermediateDirectories: true)
    try installation.scratch.write("rules: {r: {when: rate > 1}}\n", to: "rules.d/one.yaml")
    let secret = try installation.scratch.write(
      "whsec_c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0", to: "secret")
    try installation.configure(
      """
      include: rules.d/*.yaml
      sources: {ecb: {preset: ecb}}
      notifiers:
        ops: {type: webhook, url: "http://127.0.0.1:1/", secret: {file: \(secret)}}

      """)
    let library = try PreloadedLibrary(Self.source)
    return try await installation.start(
      "run",
      environment: [
        "LD_PRELOAD": library.path, "FAILING": "/\(file)", "FAILURE": "\(failure)",
      ]
    ).ending()
  }
}

@Suite("Processes beside a daemon", .timeLimit(.minutes(5)))
struct ProcessTests {
  @Test("have no core dumps, whatever the limit of the caller is")
  func coreDumps() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let daemon = try await installation.daemon()
    let limits = try String(contentsOfFile: "/proc/\(daemon.pid)/limits", encoding: .utf8)
    let line = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
    #expect(line?.split(whereSeparator: \.isWhitespace).dropFirst(4).prefix(2) == ["0", "0"])
  }

  @Test("cannot use its database, even if the lock file is deleted")
  func deletedLock() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let daemon = try await installation.daemon()
    let state = installation.scratch.file("state")
    try FileManager.default.removeItem(atPath: state + "/lock")
    let second = try await installation.command("run")
    #expect(second.status == 1)
    #expect(second.errors.contains("\(state)/fxwatch.db: another fxwatch uses this database"))
    try FileManager.default.removeItem(atPath: state + "/lock")
    let saved = try installation.scratch.write(Ticker.february2026.text, to: "saved")
    let importing = try await installation.command("import", "timesca", saved)
    #expect(importing.status == 1)
    #expect(importing.errors.hasPrefix("cannot import: \(state)/fxwatch.db: another fxwatch uses"))
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }

  @Test("that import from a pipe keep no daemon from starting")
  func pipe() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let path = installation.scratch.file("pipe")
    try #require(mkfifo(path, 0o600) == 0)
    // Without a writer the command would not wait; opened for both, a pipe needs no reader.
    let descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
    try #require(descriptor >= 0)
    let importing = try installation.start("import", "timesca", path)
    #expect(write(descriptor, Array(Ticker.february2026.text.utf8), 10) == 10)
    var unread: Int32 = 10
    while unread > 0 {
      try #require(ioctl(descriptor, UInt(FIONREAD), &unread) == 0)
      await Task.yield()
    }
    let daemon = try await installation.daemon()
    // It is an fxwatch, but no daemon: SIGHUP would end it.
    let reload = try await installation.command("reload", "--pid", "\(importing.pid)")
    #expect(reload.status == 1)
    #expect(
      reload.errors
        == "process \(importing.pid) is not a daemon of fxwatch; give the one of 'fxwatch run' with --pid\n"
    )
    close(descriptor)
    #expect(try await importing.ending().status == 1)
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)
  }

  @Test(
    "that are no daemon are never signalled by a reload",
    arguments: [
      (["--pid", "0"], "", 2), (["--pid=-1"], "", 2), (["--pid", "1"], "", 2),
      (["--pid", "x"], "", 2),
      ([], "0", 2), ([], "-1", 2), ([], "1", 2), ([], "12x", 2), ([], "99999999999", 2),
      ([], "", 1),
      (["--pid", "\(getpid())"], "", 1), ([], "2147483647", 1),
    ] as [([String], String, Int32)])
  func noDaemon(options: [String], mainPID: String, status: Int32) async throws {
    let installation = try Installation(sources: [("ecb", "{preset: ecb}")])
    let ending = try await ChildProcess(
      Installation.program, ["reload", "--config", installation.config] + options,
      environment: ["MAINPID": mainPID]
    ).ending()
    #expect(ending.status == status, "\(ending.errors)")
    #expect(ending.errors.split(separator: "\n").count >= 1)
  }
}
