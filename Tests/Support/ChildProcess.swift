import Foundation
import Glibc

/// A process of a test's own, with its output line by line; killed with the test.
package final class ChildProcess: Sendable {
  /// How a process ended, and all it said.
  package struct Ending: Sendable {
    /// The exit status; the negative number of a signal where one ended it.
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// Lines of standard output.
  package let output = EventLog<String>("standard output")

  /// Lines of standard error.
  package let errors = EventLog<String>("standard error")

  /// Its number.
  package let pid: Int32

  private let ends = EventLog<Int32>("the end of the process")

  /// Starts a program with nothing on standard input.
  package init(
    _ program: String, _ arguments: [String], environment: [String: String] = [:],
    directory: String? = nil, input: [UInt8]? = nil
  ) throws {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
    if let directory { process.currentDirectoryURL = URL(filePath: directory) }
    let (out, err, standardInput) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = out
    process.standardError = err
    process.standardInput = input == nil ? FileHandle.nullDevice : standardInput
    let ends = ends
    process.terminationHandler = { process in
      let isSignal = process.terminationReason == .uncaughtSignal
      ends.append(isSignal ? -process.terminationStatus : process.terminationStatus)
      ends.end()
    }
    try process.run()
    pid = process.processIdentifier
    if let input {
      try standardInput.fileHandleForWriting.write(contentsOf: input)
      try standardInput.fileHandleForWriting.close()
    }
    Self.read(out.fileHandleForReading, into: output)
    Self.read(err.fileHandleForReading, into: errors)
  }

  deinit { kill() }

  /// Sends a signal.
  package func signal(_ number: Int32) {
    guard ends.all.isEmpty else { return }
    Glibc.kill(pid, number)
  }

  /// Ends it at once, with no chance to tidy up.
  package func kill() { signal(SIGKILL) }

  /// Its end, once it and its output are there.
  package func ending(patience: Duration = .seconds(60)) async throws -> Ending {
    let status = try await ends.first(1, patience: patience)[0]
    return Ending(
      status: status, output: Self.text(try await output.whole()),
      errors: Self.text(try await errors.whole()))
  }

  private static func text(_ lines: [String]) -> String {
    lines.map { $0 + "\n" }.joined()
  }

  /// Reads lines on a thread of its own until the other side closes.
  private static func read(_ handle: FileHandle, into log: EventLog<String>) {
    Thread.detachNewThread {
      var line: [UInt8] = []
      var piece = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = Glibc.read(handle.fileDescriptor, &piece, piece.count)
        if count <= 0 { break }
        for byte in piece[..<count] {
          guard byte == UInt8(ascii: "\n") else {
            line.append(byte)
            continue
          }
          log.append(String(decoding: line, as: UTF8.self))
          line = []
        }
      }
      if !line.isEmpty { log.append(String(decoding: line, as: UTF8.self)) }
      log.end()
    }
  }
}
