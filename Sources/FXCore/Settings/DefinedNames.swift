/// The names of one kind that the config defines.
package struct DefinedNames: Sendable {
  /// The most names that an error lists.
  private static let maximumListed = 20

  /// The most names of which the nearest is searched.
  private static let maximumCompared = 1000

  /// The names in the order of the config.
  package let all: [String]

  private let names: Set<String>

  /// The first of them in alphabetical order, as text.
  private let list: String

  /// The names of one kind.
  package init(_ names: [String]) {
    all = names
    self.names = Set(names)
    let rest = names.count - Self.maximumListed
    list =
      names.sorted().prefix(Self.maximumListed).joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }

  /// True if the config defines none.
  package var isEmpty: Bool { all.isEmpty }

  /// Returns true if the config defines a name.
  package func contains(_ name: String) -> Bool { names.contains(name) }

  /// Returns the end of the error about an unknown name: `expected one of ecb, timesca; did you mean
  /// 'ecb'?`.
  ///
  /// Cost: constant; at most 20 names are listed, and at most 1000 compared.
  func choices(insteadOf name: String, kind: String) -> String {
    isEmpty
      ? "the config has no \(kind)s"
      : "expected one of \(list)"
        + NearestName.suggestion(for: name, among: all.prefix(Self.maximumCompared))
  }
}

extension DefinedNames: ExpressibleByArrayLiteral {
  /// The names of one kind.
  package init(arrayLiteral names: String...) { self.init(names) }
}
