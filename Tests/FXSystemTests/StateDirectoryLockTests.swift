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
