import FXCommands
import FXCore
import FXDaemon

/// The settings of a notifier, from `--set key=value` or from questions.
struct NotifierAnswers {
  let kind: String

  /// The values of `--set`.
  let given: [(key: String, value: String)]

  /// The writer of files for secrets.
  let writer: ConfigWriter

  /// Returns the entry of a config; asks for what is not given, if that is possible.
  func entry(named name: String) throws -> ConfigEntry {
    let questions = NotifierQuestions.about(kind)?.questions ?? []
    var settings = [(key: "type", value: ConfigEntry.text(kind))]
    for question in questions {
      settings.append((question.key, try value(of: question, for: name)))
    }
    for (key, value) in given where !questions.contains(where: { $0.key == key }) {
      // Whoever names a key that is not asked about writes its value as YAML.
      settings.append((key, value))
    }
    return ConfigEntry(name, settings)
  }

  private func value(of question: NotifierQuestions.Question, for name: String) throws -> String {
    if let given = given.first(where: { $0.key == question.key })?.value {
      return question.isSecret ? ConfigEntry.secret(file: given) : ConfigEntry.text(given)
    }
    guard Question.isPossible else {
      throw CommandFailure.usage(
        "missing \(question.key) of \(kind); use --set \(question.key)="
          + (question.isSecret ? "FILE, a file with it that other users cannot read" : "VALUE"))
    }
    guard question.isSecret else { return ConfigEntry.text(try Question.ask(question.text)) }
    let secret = try Question.askSecretly(question.text)
    return ConfigEntry.secret(
      file: try writer.writeSecret(secret, named: "\(name)-\(question.key)"))
  }

  /// Reads `key=value`.
  static func setting(_ text: String) throws -> (key: String, value: String) {
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw CommandFailure.usage("--set: \(text.quoted) is not key=value")
    }
    return (String(text[..<equals]), String(text[text.index(after: equals)...]))
  }
}
