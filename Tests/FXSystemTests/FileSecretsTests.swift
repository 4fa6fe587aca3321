import FXCore
import FXSystem
import Foundation
import Testing

@Suite("Secrets in files")
struct FileSecretsTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("lose one newline at their end and nothing else", arguments: ["", "\n", "\r\n"])
  func newline(end: String) throws {
    let path = try directory.file("key", Array((" two\nlines " + end).utf8))
    #expect(
      try FileSecrets(environment: [:], folder: "").read(.file(path)).reveal() == " two\nlines ")
  }

  @Test("are read from the credentials directory with any mode")
  func credential() throws {
    _ = try directory.file("ops-webhook", Array("abc\n".utf8), mode: 0o644)
    #expect(try credentials.read(.credential("ops-webhook")).reveal() == "abc")
  }

  @Test("are relative to the folder of the config")
  func folder() throws {
    _ = try directory.file("key", Array("abc\n".utf8))
    let secrets = FileSecrets(environment: [:], folder: "\(directory.path)/")
    #expect(try secrets.read(.file("key")).reveal() == "abc")
  }

  @Test("may be as large as 64 KiB")
  func largest() throws {
    let text = String(repeating: "x", count: 64 << 10)
    let path = try directory.file("key", Array(text.utf8))
    #expect(try FileSecrets(environment: [:], folder: "").read(.file(path)).reveal() == text)
  }

  @Test("that are missing are reported with the remedy")
  func missing() {
    #expect(
      problem(FileSecrets(environment: [:], folder: ""), .credential("ops"))
        == "credential 'ops' is missing: $CREDENTIALS_DIRECTORY is not set; "
        + "add LoadCredential=ops:/path to the unit")
    #expect(
      problem(credentials, .credential("ops"))
        == "credential 'ops' is missing; add LoadCredential=ops:/path to the unit")
    #expect(
      problem(credentials, .file("\(directory.path)/none"))
        == "secret file '\(directory.path)/none' is missing; create the file, "
        + "readable only by the user fxwatch runs as")
  }

  @Test(
    "are named without a way out of the directory", arguments: ["", ".", "..", "a/b", "../key"])
  func names(name: String) {
    #expect(
      problem(credentials, .credential(name))
        == "credential '\(name)' is not a credential name; use a name without '/'")
  }

  @Test(
    "that are invalid are reported with the reason",
    arguments: [
      ([], 0o600, "is empty; write the secret into it"),
      ([0x0A], 0o600, "is empty; write the secret into it"),
      ([0x61], 0o604, "is readable by every user; run chmod o-r on it"),
      ([0x61], 0o644, "is readable by every user; run chmod o-r on it"),
      ([0x61], 0o602, "is writable for every user; run chmod o-w on it"),
      ([0x61, 0xFF], 0o600, "is not UTF-8 text; it must contain only the secret"),
      (
        [UInt8](repeating: 0x61, count: (64 << 10) + 1), 0o600,
        "is larger than 64 KiB; it must contain only the secret"
      ),
    ] as [([UInt8], Int, String)])
  func unusable(bytes: [UInt8], mode: Int, message: String) throws {
    let path = try directory.file("key", bytes, mode: mode)
    #expect(problem(credentials, .file(path)) == "secret file '\(path)' \(message)")
  }

  @Test("that other users can read or replace are exposed, and no other problem is")
  func exposed() throws {
    for (mode, isExposed) in [(0o604, true), (0o666, true), (0o602, true), (0o200, false)] {
      let path = try directory.file("key", mode == 0o200 ? [] : [0x61], mode: mode)
      let error = #expect(throws: SecretProblem.self) { _ = try credentials.read(.file(path)) }
      #expect(error?.isExposed == isExposed)
    }
  }

  @Test("must be regular files, neither directories nor pipes")
  func irregular() throws {
    let pipe = "\(directory.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, directory.path] {
      #expect(
        problem(credentials, .file(path))
          == "secret file '\(path)' is not a regular file; name a file that contains only the secret"
      )
    }
  }

  private var credentials: FileSecrets {
    FileSecrets(environment: ["CREDENTIALS_DIRECTORY": directory.path], folder: "")
  }

  private func problem(_ secrets: FileSecrets, _ reference: SecretReference) -> String? {
    do throws(SecretProblem) {
      _ = try secrets.read(reference)
      return nil
    } catch {
      return error.message
    }
  }
}
