import FXSystem
import Foundation
import Testing

@Suite("A state directory's lock")
struct StateDirectoryLockTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("refuses a second fxwatch with the first one's pid")
  func second() throws {
    let first = try StateDirectoryLock(directory: directory.path)
    #expect(
      problem(directory.path)
        == "another fxwatch (pid \(getpid())) already uses '\(directory.path)'; "
        + "stop it, or set another `state:` for this one")
    withExtendedLifetime(first) {}
  }

  @Test("is released when the first fxwatch ends")
  func released() throws {
    var lock: StateDirectoryLock? = try StateDirectoryLock(directory: directory.path)
    #expect(lock != nil)
    lock = nil
    #expect(problem(directory.path) == nil)
  }

  @Test("creates the directory if only its last component is missing")
  func made() throws {
    let path = "\(directory.path)/var"
    _ = try StateDirectoryLock(directory: path)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    #expect(mode as? Int == 0o700)
  }

  @Test(
    "takes access to an existing directory from other users, and reports it",
    arguments: [0o755, 0o750, 0o777, 0o1777])
  func open(mode: Int) throws {
    _ = try directory.file("fxwatch.db", [])
    try setMode(mode)
    let lock = try StateDirectoryLock(directory: directory.path)
    #expect(
      lock.change
        == "other users had access to the state directory '\(directory.path)' (mode 0"
        + "\(String(mode, radix: 8))); it is 0700 now")
    #expect(try self.mode() == 0o700)
  }

  @Test("keeps a directory of its owner alone as it is")
  func closed() throws {
    try setMode(0o700)
    #expect(try StateDirectoryLock(directory: directory.path).change == nil)
  }

  @Test("refuses a directory open to other users that seems to be used for other things")
  func shared() throws {
    func refusal(_ mode: String) -> String {
      "other users have access to the state directory '\(directory.path)' (mode 0\(mode)); run chmod "
        + "700 on it, or set a directory of its own with `state:`"
    }
    try setMode(0o1777)
    _ = try directory.file("letter", [])
    #expect(problem(directory.path) == refusal("1777"))
    try FileManager.default.createDirectory(
      atPath: directory.path + "/home", withIntermediateDirectories: false)
    try setMode(0o755)
    #expect(problem(directory.path) == refusal("755"))
    #expect(try mode() == 0o755)
    try setMode(0o750)
    #expect(problem(directory.path) == nil)
  }

  private func setMode(_ mode: Int) throws {
    try FileManager.default.setAttributes(
      [.posixPermissions: mode], ofItemAtPath: directory.path)
  }

  private func mode() throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: directory.path)[.posixPermissions] as? Int
  }

  @Test("reports the remedy if it cannot be acquired")
  func impossible() throws {
    let file = try directory.file("file", [])
    let remedy =
      "; make the state directory writable for the user fxwatch runs as, "
      + "or set another with `state:`"
    #expect(
      problem("\(directory.path)/no/var")
        == "cannot create the state directory '\(directory.path)/no/var' "
        + "(No such file or directory)" + remedy)
    #expect(problem(file) == "cannot open '\(file)/lock' (Not a directory)" + remedy)
  }

  @Test("does not follow a symbolic link")
  func link() throws {
    let target = try directory.file("target", Array("keep".utf8))
    try FileManager.default.createSymbolicLink(
      atPath: "\(directory.path)/lock", withDestinationPath: target)
    #expect(problem(directory.path)?.contains("Too many levels of symbolic links") == true)
    #expect(FileManager.default.contents(atPath: target) == Data("keep".utf8))
  }

  private func problem(_ path: String) -> String? {
    do throws(StateDirectoryProblem) {
      _ = try StateDirectoryLock(directory: path)
      return nil
    } catch {
      return error.message
    }
  }
}
