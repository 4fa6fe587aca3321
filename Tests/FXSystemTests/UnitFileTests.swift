import Foundation
import Support
import Testing

@Suite(
  "The service's unit",
  .enabled(
    if: FileManager.default.isExecutableFile(atPath: "/usr/bin/systemd-analyze"),
    "needs the package systemd"))
struct UnitFileTests {
  @Test("contains only settings that systemd knows")
  func understood() throws {
    // systemd may report that the unit's program is not installed, and nothing else.
    let (_, output) = try systemdAnalyze(["verify", "--man=no", unit])
    let complaints = output.split(separator: "\n").filter {
      !$0.hasSuffix("Command /usr/bin/fxwatch is not executable: No such file or directory")
    }
    #expect(complaints == [])
  }

  @Test("has an exposure of 1.5 or less")
  func exposure() throws {
    let (status, output) = try systemdAnalyze([
      "security", "--offline=yes", "--threshold=15", "--no-pager", unit,
    ])
    #expect(status == 0, "\(output)")
    #expect(output.contains("Overall exposure level for fxwatch.service"))
  }

  @Test("has a reason for every setting")
  func reasons() throws {
    var isExplained = false
    for line in try String(contentsOfFile: unit, encoding: .utf8).components(separatedBy: "\n") {
      if line.isEmpty || line.hasPrefix("[") { isExplained = false }
      if line.hasPrefix("# ") { isExplained = true }
      let isSetting = line.contains("=") && !line.hasPrefix("#")
      let needsNone = ["Description", "Documentation"].contains { line.hasPrefix($0) }
      #expect(!isSetting || isExplained || needsNone, "\(line)")
    }
  }

  private var unit: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "systemd/fxwatch.service").path
  }

  private func systemdAnalyze(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let ending = try Program.run("/usr/bin/systemd-analyze", arguments, errors: .joined)
    return (ending.status, String(decoding: ending.output, as: UTF8.self))
  }
}
