import FXSystem
import Glibc
import Testing

struct LaneDescriptorTests {
  @Test("Bytes in a pipe are reported, and the descriptor is released at the end")
  func reading() async throws {
    let pipe = try Pipe()
    let (events, report) = AsyncStream.makeStream(of: String.self)
    let descriptor = LaneDescriptor(pipe.reading, for: .reading, on: Lane(label: "test")) {
      [reading = pipe.reading] in
      var byte: UInt8 = 0
      let count = read(reading, &byte, 1)
      report.yield("read \(count): \(byte)")
    } released: {
      report.yield("released")
    }
    var next = events.makeAsyncIterator()
    var bytes: [UInt8] = [7, 8]
    #expect(write(pipe.writing, &bytes, 2) == 2)
    #expect(await next.next() == "read 1: 7")
    #expect(await next.next() == "read 1: 8")
    descriptor.cancel()
    #expect(await next.next() == "released")
    pipe.close()
  }

  @Test("A pipe with space is reported as writable")
  func writing() async throws {
    let pipe = try Pipe()
    let (events, report) = AsyncStream.makeStream(of: Void.self)
    let descriptor = LaneDescriptor(pipe.writing, for: .writing, on: Lane(label: "test")) {
      report.yield()
    } released: {
      report.finish()
    }
    var next = events.makeAsyncIterator()
    #expect(await next.next() != nil)
    descriptor.cancel()
    while await next.next() != nil {}
    pipe.close()
  }
}

/// The two ends of a pipe.
private struct Pipe {
  let reading: Int32
  let writing: Int32

  struct Failure: Error {}

  init() throws {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw Failure() }
    (reading, writing) = (ends[0], ends[1])
  }

  func close() {
    Glibc.close(reading)
    Glibc.close(writing)
  }
}
