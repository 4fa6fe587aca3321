import Foundation
import Support
import Testing

@Suite("Paths in a config", .timeLimit(.minutes(5)))
struct ConfigPathTests {
  private static let config = """
    state: var
    sources: {timesca: {preset: timesca}}
    notifiers: {ops: {type: webhook, url: "http://127.0.0.1:9/hook", secret: {file: secrets/ops}}}

    """

  @Test(
    "are relative to its folder, whatever the working directory is", arguments: ["", "conf/"])
  func folder(named folder: String) async throws {
    let scratch = try Scratch()
    for directory in ["\(folder)secrets", "\(folder)var", "elsewhere"] {
      try FileManager.default.createDirectory(
        atPath: scratch.file(directory), withIntermediateDirectories: true)
    }
    try scratch.write(Self.config, to: "\(folder)fxwatch.yaml")
    try scratch.write("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", to: "\(folder)secrets/ops")
    for (directory, path) in [
      (scratch.path, "\(folder)fxwatch.yaml"),
      (scratch.file("elsewhere"), "../\(folder)fxwatch.yaml"),
    ] {
      let ending = try await ChildProcess(
        Installation.program, ["check", "--config", path], directory: directory
      ).ending()
      #expect(!ending.errors.contains("secret"))
      #expect(ending.status == 0)
      let state = path.replacing("fxwatch.yaml", with: "var")
      #expect(
        ending.output.contains("\(path): ok: 1 source, 0 rules, 1 notifier; state in \(state)\n"))
    }
  }
}
