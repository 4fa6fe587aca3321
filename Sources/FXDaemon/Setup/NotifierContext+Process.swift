import FXCore
import FXNotifiers
import FXSystem

extension NotifierContext {
  /// What notifiers of a real process are built with: its environment, its output, its journal.
  static func ofThisProcess(
    environment: [String: String], transport: any HTTPTransport, output: LineOutput,
    secretsMayBeMissing: Bool = false
  ) -> NotifierContext {
    let commands = CommandRunner(lane: Lane(label: "commands"))
    return NotifierContext(
      secrets: FileSecrets(environment: environment), transport: transport,
      output: { bytes throws(SystemError) in try output.write(bytes) },
      journal: { fields throws(SystemError) in try Journal.send(fields) },
      append: { lines, path throws(SystemError) in try AppendedFile.append(lines, to: path) },
      run: { await commands.run($0) }, secretsMayBeMissing: secretsMayBeMissing)
  }
}
