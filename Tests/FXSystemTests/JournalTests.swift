import FXSystem
import Foundation
import Testing

@Suite("The journal")
struct JournalTests {
  @Test(
    "accepts upper-case names that start with a letter",
    arguments: [
      ("MESSAGE", true), ("FXWATCH_PAIR", true), ("A1", true), ("", false), ("_PID", false),
      ("1A", false), ("message", false), ("A-B", false), ("A=B", false), ("Ä", false),
      (String(repeating: "A", count: 64), true), (String(repeating: "A", count: 65), false),
    ])
  func names(name: String, isValid: Bool) {
    #expect(Journal.isValidName(name) == isValid)
  }

  @Test("rejects entries that journald would change")
  func refused() {
    #expect(throws: SystemError(code: EINVAL)) { try Journal.send([JournalField("A\nB", "x")]) }
    #expect(throws: SystemError(code: E2BIG)) { try Journal.send([]) }
    #expect(throws: SystemError(code: E2BIG)) {
      try Journal.send(Array(repeating: JournalField("A", "x"), count: 65))
    }
  }

  @Test(
    "throws an error if there is no journald",
    .enabled(if: geteuid() == 0, "only root can enter such a place"))
  func absent() async {
    await #expect(processExitsWith: .success) {
      try #require(chroot(NSTemporaryDirectory()) == 0)
      #expect(throws: SystemError(code: ENOENT)) {
        try Journal.send([JournalField("MESSAGE", "x")])
      }
    }
  }

  @Test("is detected behind standard error by device and inode")
  func stream() throws {
    var status = stat()
    try #require(fstat(STDERR_FILENO, &status) == 0)
    let here = "\(status.st_dev):\(status.st_ino)"
    #expect(Journal.isConnected(environment: ["JOURNAL_STREAM": here]))
    #expect(!Journal.isConnected(environment: ["JOURNAL_STREAM": here + "1"]))
    #expect(!Journal.isConnected(environment: [:]))
    let descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    #expect(!Journal.isConnected(descriptor, environment: ["JOURNAL_STREAM": here]))
  }
}
