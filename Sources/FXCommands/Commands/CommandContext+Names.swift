import FXCore
import FXDaemon
import FXNotifiers
import FXSources

extension CommandContext {
  /// Returns the source of a name; throws a sentence with the names of the config otherwise.
  func source(named name: String) throws(CommandFailure) -> SourceDefinition {
    if let source = setup.sources.first(where: { $0.name.text == name }) { return source }
    throw unknown("source", name, among: setup.sources.map(\.name.text))
  }

  /// Returns the rule of a name; throws a sentence with the names of the config otherwise.
  func rule(named name: String) throws(CommandFailure) -> Rule {
    if let rule = setup.rules.first(where: { $0.name == name }) { return rule }
    throw unknown("rule", name, among: setup.rules.map(\.name))
  }

  /// Returns the notifier of a name; throws a sentence with the names of the config otherwise.
  func notifier(named name: String) throws(CommandFailure) -> NotifierDefinition {
    if let notifier = setup.notifiers.first(where: { $0.name == name }) { return notifier }
    throw unknown("notifier", name, among: setup.notifiers.map(\.name))
  }

  private func unknown(
    _ kind: String, _ name: String, among names: [String]
  ) -> CommandFailure {
    .failed(
      "unknown \(kind) '\(name)'; \(setup.file) has "
        + (names.isEmpty ? "none" : names.joined(separator: ", "))
        + NearestName.suggestion(for: name, among: names))
  }
}
