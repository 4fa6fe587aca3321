import FXSystem
import Foundation
import Testing

@Suite("A file that is appended to")
struct AppendedFileTests {
  @Test("is created, grows, and is created again after it was moved")
  func rotation() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path + "/events.jsonl"
    try AppendedFile.append(Array("1\n".utf8), to: path)
    try AppendedFile.append(Array("2\n".utf8), to: path)
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    try AppendedFile.append(Array("3\n".utf8), to: path)
    #expect(try String(contentsOfFile: path + ".1", encoding: .utf8) == "1\n2\n")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "3\n")
  }

  @Test("must be a regular file in an existing directory")
  func refused() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: SystemError(code: ENOENT)) {
      try AppendedFile.append([10], to: directory.path + "/no/file")
    }
    #expect(throws: SystemError(code: EISDIR)) {
      try AppendedFile.append([10], to: directory.path)
    }
    #expect(throws: SystemError(code: EINVAL)) { try AppendedFile.append([10], to: "/dev/null") }
  }

  @Test("is not followed if it is a symbolic link")
  func link() throws {
    let directory = try TemporaryDirectory()
    let target = try directory.file("target", Array("keep".utf8))
    let path = directory.path + "/events.jsonl"
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    #expect(throws: SystemError.symbolicLink) { try AppendedFile.append([10], to: path) }
    #expect(FileManager.default.contents(atPath: target) == Data("keep".utf8))
  }

  @Test("is made without access for users outside of its group")
  func mode() throws {
    let directory = try TemporaryDirectory()
    try AppendedFile.append([10], to: directory.path + "/events.jsonl")
    let attributes = try FileManager.default.attributesOfItem(
      atPath: directory.path + "/events.jsonl")
    let mode = try #require(attributes[.posixPermissions] as? Int)
    #expect(mode & 0o137 == 0)
  }

  @Test("on a full disk throws and leaves no partial line")
  func full() {
    #expect(throws: SystemError.self) { try AppendedFile.append([10], to: "/dev/full") }
  }
}
