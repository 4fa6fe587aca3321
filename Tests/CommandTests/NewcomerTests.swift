import FXCore
import Foundation
import Glibc
import Support
import Testing

@Suite(
  "A newcomer",
  .enabled(if: TerminalProgram.isPossible, "script of bsdutils is needed for a terminal"),
  .timeLimit(.minutes(5)))
struct NewcomerTests {
  /// The characters that a person types in two minutes, at 40 words a minute.
  private static let twoMinutes = 400

  /// The commands of README.md below `Your first alert`, without `make build` and comments.
  private static func commands() throws -> [String] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let section = try #require(text.components(separatedBy: "## Your first alert\n").last)
    let block = section.components(separatedBy: "```\n")[1]
    return block.split(separator: "\n").map {
      $0.split(separator: "#")[0].trimmingCharacters(in: .whitespaces)
    }.filter { !$0.hasPrefix("make ") }
  }

  @Test(
    "gets an alert of their own by the commands of README.md and four answers, without an editor")
  func session() async throws {
    let page = try LoopbackServer(page: Ticker(tjs: "0.10000").text)
    let receiver = try Receiver()
    let scratch = try Scratch()
    let commands = try Self.commands()
    #expect(
      commands.map { $0.split(separator: " ")[1] } == [
        "init", "add", "check", "poll", "run", "watch",
      ])
    let answers = ["TJS/USD", "0.5", "webhook", receiver.url]

    func start(_ command: String, input: [String] = []) throws -> ChildProcess {
      // The page and the receiver of this test in place of those of a person.
      var text = command.replacing(".build/debug/fxwatch", with: Installation.program)
        .replacing("USD/KGS", with: "TJS/USD").replacing("rate > 90", with: "rate > 0.09")
      let isAsked = command.contains(" init ")
      if isAsked { text += " --source timesca --url \(page.url)" }
      return try ChildProcess(
        isAsked ? TerminalProgram.path : "/bin/sh",
        isAsked ? ["-qec", text, "/dev/null"] : ["-c", "exec \(text)"],
        environment: ["STATE_DIRECTORY": scratch.file("state"), "TERM": "xterm"],
        directory: scratch.path, input: Array(input.map { $0 + "\n" }.joined().utf8))
    }

    let session = try await start(commands[0], input: answers).ending()
    #expect(session.status == 0, "\(session.output)")
    Self.expect(
      [
        "Pairs to watch, such as USD/KGS EUR/USD: ", "Notify of a change of more than [1%]: ",
        "Ways to be notified:", "  webhook: a program of yours, over HTTP", "Notify by [stdout]: ",
        "URL to post to: ", "wrote my.yaml", "timesca prints TJS/USD 0.10000",
        "webhook: delivered in ", "next: fxwatch run --config my.yaml",
      ], inOrderIn: session.output)
    #expect(receiver.posts.all.map(\.type) == ["test.ping"])
    for (command, expected) in [
      (commands[1], "high"), (commands[2], "my.yaml: ok: 1 source, 2 rules, 1 notifier"),
      (commands[3], "TJS/USD"),
    ] {
      let ending = try await start(command).ending()
      #expect(ending.status == 0, "\(ending.output)")
      #expect(ending.output.contains(expected), "\(ending.output)")
    }
    let daemon = try start(commands[4])
    let alert = try await receiver.taken(2)[1]
    #expect(
      [alert.type, alert["rule"], alert.pair, alert.rate] == [
        "alert.firing", "high", "TJS/USD", "0.10000",
      ])
    daemon.signal(SIGTERM)
    _ = try await daemon.ending()
    let typed = (commands + answers.dropLast()).map { $0.utf8.count + 1 }.reduce(0, +)
    #expect(typed < Self.twoMinutes)
  }

  /// Checks that texts are in another one, each after the one before.
  private static func expect(_ texts: [String], inOrderIn whole: String) {
    var rest = whole[...]
    for text in texts {
      guard let place = rest.range(of: text) else {
        Issue.record("'\(text)' is missing in its place in \(whole)")
        return
      }
      rest = rest[place.upperBound...]
    }
  }
}

/// The program that runs another one at a terminal.
private enum TerminalProgram {
  static let path = "/usr/bin/script"
  static let isPossible = FileManager.default.isExecutableFile(atPath: path)
}
