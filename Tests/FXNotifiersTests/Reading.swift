import FXCore
import FXNotifiers
import FXSystem

/// Reads notifiers from settings, with recorded outputs.
struct Reading {
  var secrets = PlantedSecrets()
  var transport = StubTransport()
  var mail = StubMail()
  var mqtt = StubBroker()
  var outputError: SystemError?
  var secretsMayBeMissing = false
  var commandEnd = CommandEnd.exited(status: 0)
  let runs = Record<CommandRun>()
  let lines = Record<String>()
  let entries = Record<[JournalField]>()

  /// Returns the definition and the problems of settings, each an entry `key: value`.
  func read(_ settings: [(String, Written)]) -> (
    definition: NotifierDefinition?, problems: [String]
  ) {
    let problems = SettingsProblems()
    let section = SettingsSection(
      Written.map(settings).node(1), path: ["notifiers", "ops"], problems: problems)
    let definition = NotifierCatalog.read(name: "ops", from: section, context: context)
    return (definition, problems.all.map(\.description))
  }

  private var context: NotifierContext {
    let (lines, entries, runs) = (lines, entries, runs)
    let (outputError, commandEnd) = (outputError, commandEnd)
    return NotifierContext(
      secrets: secrets, transport: transport, mail: mail, mqtt: mqtt,
      output: { bytes throws(SystemError) in
        if let outputError { throw outputError }
        lines.add(String(decoding: bytes, as: UTF8.self))
      },
      journal: { fields throws(SystemError) in
        if let outputError { throw outputError }
        entries.add(fields)
      },
      append: { bytes, path throws(SystemError) in
        if let outputError { throw outputError }
        lines.add("\(path): \(String(decoding: bytes, as: UTF8.self))")
      },
      run: { command in
        runs.add(command)
        return outputError.map { .failed($0) } ?? commandEnd
      },
      syslog: { messages, _ throws(SystemError) in
        if let outputError { throw outputError }
        for message in messages { lines.add(String(decoding: message, as: UTF8.self)) }
      },
      secretsMayBeMissing: secretsMayBeMissing)
  }
}
