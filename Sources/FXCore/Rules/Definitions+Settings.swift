extension Definitions {
  /// The largest number of definitions in one place.
  private static let maximumCount = 1000

  /// Reads the definitions under `let`, which can use those of `outer`, and reports every problem of each
  /// at its place.
  package static func read(
    from section: SettingsSection?, within outer: Definitions = Definitions(),
    known: Rule.KnownNames
  ) -> Definitions {
    guard let section else { return outer }
    var all = outer
    var own: [Definition] = []
    if section.keys.count > maximumCount {
      section.problem(nil, "more than \(maximumCount) definitions; remove some")
    }
    for name in section.keys.prefix(maximumCount) {
      guard let text = section.string(name) else { continue }
      if let problem = problem(ofName: name) {
        section.problem(name, problem)
      } else if outer[name] != nil {
        section.problem(
          name, "\(name.quoted) is already defined at the top of the config; choose another name")
      } else {
        let definition = Definition(name: name, text: text, in: section)
        own.append(definition)
        all.add(definition)
      }
    }
    for definition in own where definition.syntax != nil {
      guard let problem = all.problem(of: definition, known: known) else { continue }
      section.report(problem, of: definition.name)
      // Not reported again where it is used.
      all.add(Definition(name: definition.name, text: definition.text, syntax: nil))
    }
    return all
  }

  /// Returns the first problem of a definition, including those of the definitions that it uses.
  private func problem(of definition: Definition, known: Rule.KnownNames) -> ConditionProblem? {
    guard let syntax = definition.syntax else { return nil }
    var scope = ConditionScope()
    scope.zones = known.zones
    scope.definitions = self
    var checker = TypeChecker(text: definition.text, scope: scope, within: definition.name)
    do throws(ConditionProblem) {
      _ = try checker.expression(syntax)
    } catch {
      return error
    }
    return checker.problem(ofSourcesAmong: known.sources)
  }

  /// Warns about definitions under `let` that none of the rules uses.
  package static func reportUnused(in section: SettingsSection?, by rules: some Sequence<Rule>) {
    guard let section else { return }
    var unused = section.keys
    for rule in rules {
      if unused.isEmpty { return }
      let used = rule.definitions
      if !used.isEmpty { unused.removeAll { name in used.contains { $0.name == name } } }
    }
    for name in unused where problem(ofName: name) == nil {
      section.problem(name, "\(name.quoted) is not used; remove it", isWarning: true)
    }
  }
}

extension Definition {
  /// Parses a definition, and reports an error at its place.
  fileprivate init(name: String, text: String, in section: SettingsSection) {
    var syntax: Syntax?
    do throws(ConditionProblem) {
      syntax = try Parser.syntax(of: text)
    } catch {
      section.report(error, of: name)
    }
    self.init(name: name, text: text, syntax: syntax)
  }
}

extension SettingsSection {
  /// Reports an error in a condition or a definition, with the place in its text.
  func report(_ error: ConditionProblem, of key: String) {
    let excerpt = error.excerpt.split(separator: "\n").map { "\n  \($0)" }.joined()
    problem(key, error.message + excerpt)
  }
}
