import FXConfig
package import FXCore
package import FXDaemon
import FXSources
import FXSystem

/// Runs the rule tests of a file.
///
/// In memory only: nothing is fetched, sent or stored.
package struct RuleTestRunner: Sendable {
  private let environment: [String: String]
  private let zones: any Zones = SystemZones()

  /// A runner in a process's environment.
  package init(environment: [String: String]) { self.environment = environment }

  /// Runs every test of a file; `config` is the config whose rules are tested, where the file does
  /// not name it itself.
  ///
  /// Throws all problems of the file, or of the config it names.
  package func run(file: String, config: String?) throws(CommandFailure) -> [RuleTestRun] {
    do throws(ConfigProblems) {
      return try read(file, config: config)
    } catch {
      throw .badConfig(error)
    }
  }

  private func read(_ file: String, config: String?) throws(ConfigProblems) -> [RuleTestRun] {
    let problems = SettingsProblems()
    let bytes = try ConfigFile.read(path: file, advice: "name a file with rule tests")
    guard let tree = ConfigFile.parse(bytes, file: file, problems: problems) else {
      throw ConfigProblems(problems.all)
    }
    let root = SettingsSection(tree, path: [], problems: problems)
    let setup = try setup(of: root, in: file, else: config)
    let sources = sources(in: root, beside: setup)
    let rules = rules(in: root, sources, beside: setup)
    let notifiers = notifiers(in: root, beside: setup)
    let quiet = quiet(in: root, notifiers, beside: setup)
    let labels = (setup?.rules.flatMap(\.labels) ?? []) + rules.flatMap(\.labels)
    let known = RuleTest.KnownNames(
      sources: DefinedNames(sources.map(\.name.text)),
      rules: DefinedNames(
        (setup?.rules.map(\.name) ?? []) + root.sections("rules").map(\.name)),
      notifiers: DefinedNames(notifiers),
      labels: Set(labels.map(\.name)))
    let sections = root.sections("tests")
    let tests = tests(sections, known: known)
    root.finish()
    if sections.isEmpty {
      root.problem(nil, "no tests; add some below 'tests:', each with a name")
    }
    if problems.hasErrors { throw ConfigProblems(problems.all) }
    return tests.map {
      RuleTestRun(
        $0, sources: sources, rules: rules, notifiers: notifiers, quiet: quiet, zones: zones)
    }
  }

  /// Reads the tests of a file, up to its limits.
  private func tests(
    _ sections: [(name: String, section: SettingsSection)], known: RuleTest.KnownNames
  ) -> [RuleTest] {
    var tests: [RuleTest] = []
    var (moments, rates) = (0, 0)
    for (name, section) in sections {
      guard let test = RuleTest.read(name: name, from: section, known: known) else { continue }
      moments += test.moments.count
      rates += test.rateCount
      guard moments <= RuleTest.maximumMomentsOfFile, rates <= RuleTest.maximumRates else {
        section.problem(
          nil,
          "the tests of the file have more than \(RuleTest.maximumMomentsOfFile) moments or"
            + " \(RuleTest.maximumRates) rates up to this one; split the file")
        break
      }
      tests.append(test)
    }
    return tests
  }

  /// Returns the config whose rules are tested, whose path is relative to the file; nil where the file
  /// has all rules itself.
  private func setup(
    of root: SettingsSection, in file: String, else config: String?
  ) throws(ConfigProblems) -> Setup? {
    let written = root.string("config")
    guard let path = config ?? written.map({ ConfigFile.path($0, in: file) }) else { return nil }
    let context = LocalOutputs().context(
      environment: environment, file: path, transport: NoTransport(), secretsMayBeMissing: true)
    return try Setup.read(file: path, in: .init(environment: environment, notifiers: context))
  }

  /// Returns the config's sources and those of the file; all presets where there are neither.
  private func sources(in root: SettingsSection, beside setup: Setup?) -> [PlannedSource] {
    let written = root.sections("sources").compactMap { name, section in
      source(name, section)
    }
    let names = Set(written.map(\.name))
    let others = setup?.plan.sources.filter { !names.contains($0.name) } ?? []
    guard written.isEmpty, setup == nil else { return written + others }
    return PresetCatalog.all.compactMap { SourceDefinition.preset(named: $0.name)?.planned }
  }

  /// Reads a source of the file: a preset, or the properties of its page.
  private func source(_ name: String, _ section: SettingsSection) -> PlannedSource? {
    if section.node("preset") != nil {
      return SourceDefinition.read(name: SourceName(name), from: section, zones: zones)?.planned
    }
    let every = section.duration("every", minimum: .seconds(1))
    let calendar = section.section("publishes").flatMap {
      PublicationCalendar.read(from: $0, zones: zones)
    }
    let schedule = calendar.map { .calendar($0) } ?? SourceSchedule.interval(every ?? .seconds(900))
    let dating = section.choice("dating", Dating.self)
    let scale = section.integer("scale", in: 0...ExactDecimal.maximumScale)
    section.finish()
    return PlannedSource(
      name: SourceName(name), schedule: schedule,
      dating: dating?.planned ?? schedule.usualDating, host: name, declaredScale: scale)
  }

  private enum Dating: String, CaseIterable {
    case fixing
    case page

    var planned: PlannedSource.Dating { self == .fixing ? .fixing : .pageDay }
  }

  /// Returns the config's rules and those of the file, which replace rules of the same name.
  private func rules(
    in root: SettingsSection, _ sources: [PlannedSource], beside setup: Setup?
  ) -> [Rule] {
    let sections = root.sections("rules")
    let known = Rule.KnownNames(
      sources: sources.map(\.name.text), notifiers: Self.named(in: root, below: "rules"),
      zones: SystemZones())
    let written = Rule.readAll(sections, definedBy: root.section("let"), known: known)
    let names = Set(sections.map(\.name))
    return (setup?.rules.filter { !names.contains($0.name) } ?? []) + written
  }

  // MARK: Notifiers and quiet hours

  /// The only notifier where none is named.
  private static let everyone = "everyone"

  /// Returns the config's notifiers, and those that the file's rules and quiet hours name: nothing is
  /// delivered here, so any name is valid.
  private func notifiers(in root: SettingsSection, beside setup: Setup?) -> [String] {
    let named = ["rules", "quiet"].flatMap { Self.named(in: root, below: $0) }
    let names = (setup?.notifierNames ?? []) + Set(named).sorted()
    var found: Set<String> = []
    let notifiers = names.filter { found.insert($0).inserted }
    return notifiers.isEmpty ? [Self.everyone] : notifiers
  }

  /// Returns the names in `notify` of the entries of a section.
  private static func named(in root: SettingsSection, below key: String) -> [String] {
    root.sections(key).flatMap { $0.section.strings("notify") ?? [] }.map(\.text)
  }

  /// Returns the config's quiet hours and those of the file, which replace those of the same name.
  private func quiet(
    in root: SettingsSection, _ notifiers: [String], beside setup: Setup?
  ) -> [QuietHours] {
    let sections = root.sections("quiet")
    let known = DefinedNames(notifiers)
    let written = sections.compactMap { name, section in
      QuietHours.read(name: name, from: section, notifiers: known, zones: zones)
    }
    let names = Set(sections.map(\.name))
    return (setup?.quiet.filter { !names.contains($0.name) } ?? []) + written
  }
}

/// A transport for notifiers that are never asked to deliver.
private struct NoTransport: HTTPTransport, MailTransport {
  func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
    throw .cancelled
  }

  func send(_ mail: MailRequest) async throws(MailFailure) -> MailReceipt {
    throw .cancelled
  }
}
