import FXConfig
import FXCore
import Foundation
import Testing

@Suite("Reading the config's bytes")
struct ConfigFileReadTests {
  @Test("gives the bytes of the file")
  func bytes() throws {
    try withFile(Data("state: var\n".utf8)) { path in
      let bytes = try ConfigFile.read(path: path)
      #expect(bytes == Array("state: var\n".utf8))
    }
  }

  @Test("of an empty file gives none")
  func empty() throws {
    try withFile(Data()) { path in
      let bytes = try ConfigFile.read(path: path)
      #expect(bytes == [])
    }
  }

  @Test("reports a missing file")
  func missing() {
    #expect(
      problem("/nonexistent/fxwatch.yaml")
        == "/nonexistent/fxwatch.yaml: does not exist; name the config with --config, "
        + "or copy etc/fxwatch.yaml there")
  }

  @Test("refuses a folder and an endless device")
  func noFile() {
    #expect(problem("/") == "/: is not a file; name the config file itself")
    #expect(problem("/dev/zero") == "/dev/zero: is not a file; name the config file itself")
  }

  @Test("refuses a file larger than 64 MiB")
  func large() throws {
    try withFile(Data()) { path in
      #expect(truncate(path, (64 << 20) + 1) == 0)
      #expect(problem(path) == "\(path): is larger than 64 MiB; is this the config file?")
    }
  }

  @Test(
    "reports a file without read permission, and what to do",
    .disabled(if: geteuid() == 0, "root may read every file"))
  func forbidden() throws {
    try withFile(Data("state: var\n".utf8)) { path in
      #expect(chmod(path, 0) == 0)
      #expect(
        problem(path)
          == "\(path): cannot be read: permission denied; run as a user who may read it, "
          + "or allow it with chmod")
    }
  }

  private func problem(_ path: String) -> String? {
    do throws(ConfigProblems) {
      _ = try ConfigFile.read(path: path)
      return nil
    } catch {
      return error.description
    }
  }

  private func withFile(_ data: Data, _ body: (String) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml")
    try data.write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try body(file.path)
  }
}
