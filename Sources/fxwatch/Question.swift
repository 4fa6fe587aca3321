import FXDaemon
import Foundation

/// Questions to the person at the terminal.
enum Question {
  /// Indicates whether there is a person who can be asked.
  static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1 }

  /// Asks for a line; returns the default for an empty one.
  ///
  /// Throws at the end of the input.
  static func ask(_ text: String, default standard: String? = nil) throws -> String {
    while true {
      prompt(text + (standard.map { " [\($0)]" } ?? ""))
      guard let line = readLine() else { throw ended }
      let answer = line.trimmingCharacters(in: .whitespaces)
      if !answer.isEmpty { return answer }
      if let standard { return standard }
    }
  }

  /// Asks for a line that is not shown.
  static func askSecretly(_ text: String) throws -> String {
    var settings = termios()
    let isTerminal = tcgetattr(STDIN_FILENO, &settings) == 0
    var silent = settings
    silent.c_lflag &= ~tcflag_t(ECHO)
    while true {
      prompt(text + " (not shown)")
      if isTerminal { tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) }
      let line = readLine()
      if isTerminal {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        Console.error("\n")
      }
      guard let line else { throw ended }
      let answer = line.trimmingCharacters(in: .whitespaces)
      if !answer.isEmpty { return answer }
    }
  }

  private static let ended = CommandFailure.usage("the input has ended; nothing was written")

  private static func prompt(_ text: String) {
    FileHandle.standardError.write(Data("\(text): ".utf8))
  }
}
