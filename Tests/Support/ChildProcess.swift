import Foundation
import Glibc

/// A child process of a test, with its output as lines; killed with the test.
package final class ChildProcess: Sendable {
  /// The end of a process, with its output.
  package struct Ending: Sendable {
    /// The exit status, or the negative number of the signal that ended it.
    package let status: Int32
    package let output: String
    package let errors: String
  }

  /// Lines of standard output.
  package let output = EventLog<String>("standard output")

  /// Lines of standard error.
  package let errors = EventLog<String>("standard error")

  /// The process identifier.
  package var pid: Int32 { program.pid }

  private let program: Program
  private let ends = EventLog<Int32>("the end of the process")

  /// Starts a program in `directory` or in the test's directory, with `input` on standard input.
  package init(
    _ path: String, _ arguments: [String], environment: [String: String] = [:],
    directory: String? = nil, input: [UInt8] = []
  ) throws {
    program = try Program(
      path, arguments, environment: environment, directory: directory, input: input)
    if let descriptor = program.output { Self.read(descriptor, into: output) }
    if let descriptor = program.errors { Self.read(descriptor, into: errors) }
    Thread.detachNewThread { [program, ends] in
      ends.append(program.wait())
      ends.end()
    }
  }

  deinit { kill() }

  /// Sends a signal.
  package func signal(_ number: Int32) { program.signal(number) }

  /// Kills it at once.
  package func kill() { signal(SIGKILL) }

  /// Waits for its end and its output.
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
  private static func read(_ descriptor: Int32, into log: EventLog<String>) {
    Thread.detachNewThread {
      var line: [UInt8] = []
      Program.read(descriptor) { piece in
        for byte in piece {
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
