package import FXConfig
package import FXCore
package import FXNotifiers
package import FXSources
import FXSystem

/// A config, read and checked: ready to run, nothing started.
///
/// It has more than ten properties: one for each part of a config.
package struct Setup: Sendable {
  /// The config file, as named.
  package let file: String

  /// The directory of the control socket, and of the store that belongs to this machine.
  package let stateDirectory: String

  /// The store; nothing is open yet.
  package var store: any StoreOpener

  /// A text that is equal for configs with equal sources, rules, notifiers, quiet hours and ages.
  package let digest: String

  package let sources: [SourceDefinition]
  package let rules: [Rule]
  package let notifiers: [NotifierDefinition]

  /// The names of all notifiers of the config, also of those left out for a missing secret.
  package let notifierNames: [String]

  /// The quiet hours.
  package let quiet: [QuietHours]

  /// The page and the API; nil if they are not served.
  package let web: WebSettings?

  /// The heartbeat; nil if none is sent.
  package let heartbeat: Heartbeat?

  /// The ages up to which stored data is kept.
  package let retention: Retention

  /// The warnings: problems with which fxwatch can run.
  package let warnings: [SettingsProblem]

  /// The places of the sources' names in the file.
  package let sourceMarks: [SourceName: SettingsMark]

  /// The places to which several notifiers, or a notifier and the log, of this process write.
  package var outputs = SharedOutputs.none

  /// The plan for the engine.
  package var plan: Plan {
    Plan(
      sources: sources.map(\.planned), rules: rules,
      notifiers: notifiers.map {
        PlannedNotifier(
          name: $0.name, fingerprint: $0.fingerprint, deliverWithin: $0.deliverWithin,
          batches: $0.batches, concurrency: $0.atOnce, events: $0.events,
          repeats: outputs.repeated(by: $0.name))
      },
      quiet: quiet)
  }

  /// The numbers of entries: `3 sources, 1 rule, 2 notifiers`.
  package var inventory: String {
    [
      PluralText.text(sources.count, "source"), PluralText.text(rules.count, "rule"),
      PluralText.text(notifierNames.count, "notifier"),
    ].joined(separator: ", ")
  }

  /// The environment that a config is read in.
  package struct Environment: Sendable {
    /// The process's environment.
    package let environment: [String: String]

    /// The context that notifiers are created in.
    package let notifiers: NotifierContext

    /// True if sources only read saved bodies, for which they need no secret.
    package let readsSavedBodies: Bool

    /// An environment of these variables and this context.
    package init(
      environment: [String: String], notifiers: NotifierContext, readsSavedBodies: Bool = false
    ) {
      self.environment = environment
      self.notifiers = notifiers
      self.readsSavedBodies = readsSavedBodies
    }
  }

  /// The service's config, and the state directory that systemd makes for the service: commands find
  /// both without options.
  private static let installedFile = "/etc/fxwatch/fxwatch.yaml"
  private static let installedStateDirectory = "/var/lib/fxwatch"

  /// Reads a config file and those that it includes; throws all problems at once, in the order of the
  /// files.
  package static func read(
    file: String, in environment: Environment
  ) throws(ConfigProblems) -> Setup {
    let problems = SettingsProblems()
    let tree = try ConfigFile.tree(ofFile: file, problems: problems)
    guard let tree else { throw ConfigProblems(problems.all) }
    let root = SettingsSection(tree, path: [], problems: problems)
    // `ConfigFile` has read it.
    _ = root.node("include")
    let state = root.string("state")
    let sourceSections = names(of: "sources", in: root)
    let sources = sourceSections.compactMap { name, section in
      source(name, from: section, in: environment)
    }
    let notifierSections = names(of: "notifiers", in: root)
    let notifiers = notifierSections.compactMap { name, section in
      NotifierCatalog.read(name: name, from: section, context: environment.notifiers)
    }
    let known = Rule.KnownNames(
      sources: sourceSections.map(\.name), notifiers: notifierSections.map(\.name),
      zones: SystemZones())
    let rules = Rule.readAll(
      names(of: "rules", in: root), definedBy: root.section("let"), known: known)
    let quiet = names(of: "quiet", in: root).compactMap { name, section in
      QuietHours.read(
        name: name, from: section, notifiers: known.notifiers, zones: SystemZones())
    }
    let web = web(in: root, environment, folder: ConfigFile.folder(of: file))
    let retention = Retention.read(
      from: root.section("keep"), reach: StoredReach(of: rules, on: sources.map(\.planned)))
    let directory = stateDirectory(named: state, file: file, in: environment.environment)
    let store = store(
      from: root.section("store"), inStateDirectory: directory, environment.notifiers)
    let heartbeat = heartbeat(in: root, environment)
    root.finish()
    reportMissing(known, in: root)
    reportSensors(of: notifiers, in: root)
    if problems.hasErrors { throw ConfigProblems(problems.all) }
    let recent = RecentRates(in: store)
    return Setup(
      file: file, stateDirectory: directory, store: store, digest: digest(of: root),
      sources: sources, rules: rules,
      notifiers: notifiers.map {
        $0.linked(by: web?.links).charted { await recent.rates(of: $0, at: $1) }
      },
      notifierNames: known.notifiers.all, quiet: quiet, web: web, heartbeat: heartbeat,
      retention: retention, warnings: problems.all,
      sourceMarks: Dictionary(
        sourceSections.map { (SourceName($0.name), $0.section.mark) },
        uniquingKeysWith: { first, _ in first }))
  }

  private static func digest(of root: SettingsSection) -> String {
    let parts = ["sources", "rules", "notifiers", "quiet", "keep"].map { key in
      "\(key) \(root.section(key)?.fingerprint ?? "")\n"
    }
    return BodyHash.hash(Array(parts.joined().utf8))
  }

  private static func web(
    in root: SettingsSection, _ environment: Environment, folder: String
  ) -> WebSettings? {
    root.section("web").flatMap {
      WebSettings.read(
        from: $0, secrets: environment.notifiers.secrets,
        secretsMayBeMissing: environment.notifiers.secretsMayBeMissing, folder: folder)
    }
  }

  private static func heartbeat(
    in root: SettingsSection, _ environment: Environment
  ) -> Heartbeat? {
    root.section("heartbeat").flatMap {
      Heartbeat.read(from: $0, context: environment.notifiers)
    }
  }

  /// Reports a config without sources or notifiers.
  private static func reportMissing(_ known: Rule.KnownNames, in root: SettingsSection) {
    if known.sources.isEmpty {
      root.problem(
        nil, "no sources; add one, for example sources: {ecb: {preset: ecb}}")
    }
    if known.notifiers.isEmpty {
      root.problem(nil, "no notifiers, so nothing is sent", isWarning: true)
    }
  }

  /// Reports notifiers that have their sensors on the same topics, and would remove each other's.
  private static func reportSensors(
    of notifiers: [NotifierDefinition], in root: SettingsSection
  ) {
    let publishing = notifiers.filter { $0.homeAssistant != nil }
    for (index, one) in publishing.enumerated() {
      for other in publishing.dropFirst(index + 1) {
        guard let own = one.homeAssistant, let others = other.homeAssistant,
          own.isAtPlace(of: others)
        else { continue }
        root.problem(
          "notifiers",
          "the sensors of '\(one.name)' and '\(other.name)' have the same topics; give one of them"
            + " another 'topic' in home_assistant:")
      }
    }
  }

  /// Reads a source; its secret is read when it is fetched, but must not be readable by all users.
  private static func source(
    _ name: String, from section: SettingsSection, in environment: Environment
  ) -> SourceDefinition? {
    let source = SourceDefinition.read(
      name: SourceName(name), from: section, zones: SystemZones(),
      needsKey: !environment.readsSavedBodies)
    do throws(SecretProblem) {
      if let key = source?.key { _ = try environment.notifiers.secrets.read(key) }
    } catch {
      if error.isExposed { section.problem("key", error.message) }
    }
    return source
  }

  /// Returns the state directory of a config file, whatever else is wrong with the file; throws where
  /// it is no YAML.
  package static func stateDirectory(
    ofFile file: String, in environment: [String: String]
  ) throws(ConfigProblems) -> String {
    let problems = SettingsProblems()
    let tree = ConfigFile.parse(try ConfigFile.read(path: file), file: file, problems: problems)
    guard let tree else { throw ConfigProblems(problems.all) }
    let root = SettingsSection(tree, path: [], problems: problems)
    return stateDirectory(named: root.string("state"), file: file, in: environment)
  }

  /// Returns a config without sources, rules and notifiers in place of a file that cannot be used, with
  /// its state directory as far as that can be read.
  package static func empty(ofInvalidFile file: String, in environment: [String: String]) -> Setup {
    let bytes = (try? ConfigFile.read(path: file)) ?? []
    let tree = ConfigFile.parse(bytes, file: file, problems: SettingsProblems())
    let state =
      tree.flatMap {
        SettingsSection($0, path: [], problems: SettingsProblems()).string("state")
      } ?? writtenState(in: String(decoding: bytes, as: UTF8.self))
    let directory = stateDirectory(named: state, file: file, in: environment)
    return Setup(
      file: file, stateDirectory: directory, store: store(inStateDirectory: directory), digest: "",
      sources: [], rules: [], notifiers: [], notifierNames: [], quiet: [], web: nil,
      heartbeat: nil,
      retention: Retention(),
      warnings: [], sourceMarks: [:])
  }

  /// Returns the value of a line `state: value` of a file that is no YAML; nil if there is none.
  private static func writtenState(in text: String) -> String? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("state:") }
    let value = line?.dropFirst("state:".count).split(separator: " #", maxSplits: 1).first ?? ""
    let trimmed = value.filter { $0 != "\"" && $0 != "'" && $0 != "\r" }.drop { $0 == " " }
    return trimmed.isEmpty ? nil : String(trimmed.reversed().drop { $0 == " " }.reversed())
  }

  /// The name in the config is relative to its folder; without one, the directory that systemd names,
  /// or `var` in the working directory.
  private static func stateDirectory(
    named name: String?, file: String, in environment: [String: String]
  ) -> String {
    name.map { ConfigFile.path($0, in: file) } ?? environment["STATE_DIRECTORY"]
      ?? (file == installedFile ? installedStateDirectory : "./var")
  }

  /// Returns the sections below a key; their names, used in logs, files and commands, must be plain
  /// words.
  private static func names(
    of key: String, in root: SettingsSection
  ) -> [(name: String, section: SettingsSection)] {
    let sections = root.sections(key)
    for (name, section) in sections where !isPlain(name) {
      section.problem(
        nil,
        "invalid name '\(name)'; use at most 64 letters, digits, '-', '_' and '.'")
    }
    return sections
  }

  private static func isPlain(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
          UInt8(ascii: "."):
          true
        default: false
        }
      }
  }
}
