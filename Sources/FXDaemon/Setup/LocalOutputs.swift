import FXConfig
package import FXCore
import FXMQTT
package import FXNotifiers
package import FXSystem

/// Standard output, the journal, files and programs, for notifiers; on lanes of their own.
///
/// A pipe whose reader does not read, a slow disk or a slow program blocks a write; it must delay
/// nothing else.
package actor LocalOutputs {
  private nonisolated let lane: Lane
  private let output: LineOutput
  private nonisolated let journal = JournalEntries()
  private nonisolated let files = AppendedFiles()
  private nonisolated let syslog = SyslogMessages()
  private nonisolated let commands = CommandRunner(lane: Lane(label: "commands"))

  package nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  /// The outputs of this process.
  package init(output: LineOutput = LineOutput()) {
    lane = Lane(label: "outputs")
    self.output = output
  }

  private func write(_ bytes: [UInt8]) throws(SystemError) { try output.write(bytes) }

  /// Returns the context that the notifiers of a config file are created in.
  package nonisolated func context(
    environment: [String: String], file: String, transport: any HTTPTransport & MailTransport,
    secretsMayBeMissing: Bool = false
  ) -> NotifierContext {
    NotifierContext(
      secrets: FileSecrets(environment: environment, folder: ConfigFile.folder(of: file)),
      transport: transport, mail: transport, mqtt: MQTTClients(),
      output: { bytes throws(SystemError) in try await self.write(bytes) },
      journal: { fields throws(SystemError) in try await self.journal.send(fields) },
      append: { lines, path throws(SystemError) in
        try await self.files.append(lines, to: path)
      },
      run: { await self.commands.run($0) },
      syslog: { messages, destination throws(SystemError) in
        try await self.syslog.send(messages, to: destination)
      }, secretsMayBeMissing: secretsMayBeMissing)
  }
}

/// The journal, on a lane of its own.
private actor JournalEntries {
  private nonisolated let lane = Lane(label: "journal")

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  func send(_ fields: [JournalField]) throws(SystemError) { try Journal.send(fields) }
}

/// Files that lines are appended to, on a lane of their own.
private actor AppendedFiles {
  private nonisolated let lane = Lane(label: "files")

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  func append(_ lines: [UInt8], to path: String) throws(SystemError) {
    try AppendedFile.append(lines, to: path)
  }
}

/// The connections to syslog, on a lane of their own.
private actor SyslogMessages {
  private nonisolated let lane = Lane(label: "syslog")

  nonisolated var unownedExecutor: UnownedSerialExecutor { lane.asUnownedSerialExecutor() }

  func send(
    _ messages: [[UInt8]], to destination: SyslogDestination
  ) throws(SystemError) {
    try SyslogSocket.send(messages, to: destination)
  }
}
