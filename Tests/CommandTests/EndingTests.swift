import Foundation
import Glibc
import Support
import Testing

@Suite(
  "The end of a process", .enabled(if: PreloadedLibrary.isPossible, "a C compiler is needed"),
  .timeLimit(.minutes(5)))
struct EndingTests {
  /// Aborts where an exit handler runs, as OpenSSL's may where a thread ends at the same time.
  private static let source = """
    #include <stdlib.h>
    __attribute__((constructor)) static void arm(void) { atexit(abort); }
    """

  @Test("is not left to exit handlers of libraries, which free what threads still use")
  func handlers() async throws {
    let library = try PreloadedLibrary(Self.source)
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let installation = try Installation(sources: [("timesca", Installation.ticker(page.url))])
    let daemon = try await installation.daemon(environment: ["LD_PRELOAD": library.path])
    daemon.signal(SIGTERM)
    #expect(try await daemon.ending().status == 0)

    for (arguments, status) in [(["--version"], 0), (["check"], 0), (["chek"], 2)] as [(_, Int32)] {
      let ending = try await ChildProcess(
        Installation.program,
        arguments + (arguments == ["check"] ? ["--config", installation.config] : []),
        environment: ["LD_PRELOAD": library.path]
      ).ending()
      #expect(ending.status == status, "\(arguments)")
    }
  }

  @Test("with lost output is a failure; a reader that has gone is none", arguments: [true, false])
  func lostOutput(isFull: Bool) async throws {
    let ending = try await ChildProcess(
      "/bin/sh",
      [
        "-c", isFull ? "\"$0\" sources > /dev/full" : "\"$0\" sources | true",
        Installation.program,
      ]
    ).ending()
    #expect(ending.status == (isFull ? 1 : 0))
    #expect(
      ending.errors
        == (isFull ? "cannot write to standard output: No space left on device\n" : ""))
  }
}
