/// The named expressions that the conditions of a rule can use.
package struct Definitions: Hashable, Sendable {
  private var byName: [String: Definition] = [:]

  /// No definitions.
  package init() {}

  /// The definitions in the data of an alert; those that cannot be parsed are left out.
  package init(stored data: JSONValue?) {
    guard case .object(let members)? = data else { return }
    for member in members {
      guard let text = member.value.text, let syntax = try? Parser.syntax(of: text) else {
        continue
      }
      add(Definition(name: member.name, text: text, syntax: syntax))
    }
  }

  /// The names, sorted.
  package var names: [String] { byName.keys.sorted() }

  /// The definition of a name; nil for any other name.
  package subscript(name: String) -> Definition? { byName[name] }

  mutating func add(_ definition: Definition) { byName[definition.name] = definition }

  /// Returns the problem of a name; nil for one that can be defined.
  static func problem(ofName name: String) -> String? {
    if FunctionCatalog.function(named: name) != nil {
      return "\(name.quoted) is a function of conditions; choose another name"
    }
    if Parser.reservedWords.contains(name) {
      return "\(name.quoted) is a word of conditions; choose another name"
    }
    return Lexer.isName(name)
      ? nil : "\(name.quoted) is not a name; use letters, digits and _, and begin with a letter"
  }
}
