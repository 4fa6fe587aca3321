import FXSystem
import Foundation
import Testing

@Suite("Lines written to a descriptor")
struct LineOutputTests {
  /// Both ends of a pipe, closed at the end.
  final class Pipe: Sendable {
    let reader: Int32
    let writer: Int32

    init() throws {
      var ends: [Int32] = [0, 0]
      try #require(pipe(&ends) == 0)
      (reader, writer) = (ends[0], ends[1])
    }

    deinit {
      close(reader)
      close(writer)
    }

    /// Returns the bytes in the pipe, up to a number.
    func take(_ count: Int) -> String {
      var bytes = [UInt8](repeating: 0, count: count)
      return String(decoding: bytes[..<max(0, read(reader, &bytes, count))], as: UTF8.self)
    }
  }

  @Test("arrive unchanged")
  func whole() throws {
    let pipe = try Pipe()
    try LineOutput(descriptor: pipe.writer).write(Array("one\n".utf8))
    #expect(pipe.take(100) == "one\n")
  }

  @Test("fail with EPIPE when the reader has gone, without ending the process")
  func broken() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    close(ends[0])
    defer { close(ends[1]) }
    let output = LineOutput(descriptor: ends[1])
    #expect(throws: SystemError(code: EPIPE)) { try output.write(Array("one\n".utf8)) }
  }

  @Test("fail when the reader does not read, and the next one starts on a new line")
  func stalled() throws {
    let pipe = try Pipe()
    let output = LineOutput(descriptor: pipe.writer, timeout: .zero)
    let size = 64 << 10
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: size + 1)
    #expect(throws: SystemError(code: ETIMEDOUT)) { try output.write(long) }
    var taken = 0
    while taken < size { taken += pipe.take(size - taken).utf8.count }
    try output.write(Array("next\n".utf8))
    try output.write(Array("after\n".utf8))
    #expect(pipe.take(100) == "\nnext\nafter\n")
  }
}
