/// A program to run without a shell.
package struct CommandRun: Hashable, Sendable {
  /// The program's absolute path.
  package let path: String

  /// The arguments after the program's name.
  package let arguments: [String]

  /// The environment as `NAME=value`; of this process's environment the program gets only `PATH`.
  package let environment: [String]

  /// The program's standard input.
  package let input: [UInt8]

  /// The time after which the program is killed, with every process it started.
  package let timeout: Duration

  /// Creates a description of a program to run.
  package init(
    path: String, arguments: [String], environment: [String], input: [UInt8], timeout: Duration
  ) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
    self.input = input
    self.timeout = timeout
  }
}
