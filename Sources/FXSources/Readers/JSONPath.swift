package import FXCore

/// A path into JSON: names and array indices joined by dots, `rates.USD`, `data[0].value`.
///
/// `*` stands for every element of an array or every member of an object, `last` for the last
/// element, a negative index counts from the end, `^` is the object around the place, and `#` the
/// name under which the place stands in its object. A name with a dot is written `['a.b']`. A path
/// that begins with `$` starts from the document, any other from the row.
package struct JSONPath: Hashable, Sendable {
  /// The path as written.
  package let text: String

  private let steps: [Step]
  private let isAbsolute: Bool

  private enum Step: Hashable, Sendable {
    case name(String)
    case every
    case around
    case ownName
  }

  /// The path of a text.
  package init(_ text: String) {
    self.text = text
    var rest = text[...]
    isAbsolute = rest.first == "$"
    if isAbsolute { rest = rest.dropFirst() }
    var steps: [Step] = []
    while let next = rest.first {
      if next == "." {
        rest = rest.dropFirst()
      } else if next == "[", let end = Self.bracketEnd(rest) {
        let inner = rest[rest.index(after: rest.startIndex)..<end]
        let isQuoted = inner.count >= 2 && inner.first == inner.last && "'\"".contains(next: inner)
        steps.append(isQuoted ? .name(String(inner.dropFirst().dropLast())) : Self.step(inner))
        rest = rest[end...].dropFirst()
      } else {
        let name = rest.prefix { $0 != "." && $0 != "[" }
        let word = name.isEmpty ? rest.prefix(1) : name
        steps.append(Self.step(word))
        rest = rest.dropFirst(word.count)
      }
    }
    self.steps = steps
  }

  private static func step(_ word: Substring) -> Step {
    switch word {
    case "*": .every
    case "^": .around
    case "#": .ownName
    default: .name(String(word))
    }
  }

  /// Where the bracket that a text begins with is closed.
  private static func bracketEnd(_ text: Substring) -> Substring.Index? {
    let inner = text.dropFirst()
    guard let mark = inner.first, mark == "'" || mark == "\"" else {
      return inner.firstIndex(of: "]")
    }
    guard let end = inner.dropFirst().firstIndex(of: mark) else { return nil }
    let after = inner.index(after: end)
    return after < inner.endIndex && inner[after] == "]" ? after : nil
  }

  /// A place in a document.
  package final class Node {
    package let value: JSONValue

    /// The name in the object, that of the array's own place for an element.
    package let name: String?

    /// The way to it from the document.
    let path: String

    fileprivate let parent: Node?

    /// The place of a whole document.
    package init(document: JSONValue) {
      value = document
      name = nil
      path = ""
      parent = nil
    }

    private init(_ value: JSONValue, name: String?, step: String, parent: Node) {
      self.value = value
      self.name = name
      path = parent.path.isEmpty ? step : "\(parent.path).\(step)"
      self.parent = parent
    }

    /// The elements of an array, with their places.
    var elements: [Node]? {
      guard case .array(let elements) = value else { return nil }
      return elements.enumerated().map {
        Node($0.element, name: name, step: String($0.offset), parent: self)
      }
    }

    fileprivate func element(_ index: Int, of elements: [JSONValue]) -> Node {
      Node(elements[index], name: name, step: String(index), parent: self)
    }

    fileprivate func members(where isMeant: (String) -> Bool) -> [Node] {
      guard case .object(let members) = value else { return [] }
      return members.filter { isMeant($0.name) }
        .map { Node($0.value, name: $0.name, step: $0.name, parent: self) }
    }

    /// The nearest object around the place; arrays between do not count.
    fileprivate var around: Node? {
      var node = parent
      while case .array = node?.value { node = node?.parent }
      return node
    }

    fileprivate var document: Node {
      var node = self
      while let parent = node.parent { node = parent }
      return node
    }
  }

  /// The rows the path finds; nil where the document lacks the place they should be at.
  ///
  /// An array found stands for its elements.
  package func rows(in document: JSONValue) -> [Node]? {
    var found = [Node(document: document)]
    for step in steps {
      var next: [Node] = []
      for node in found { next += Self.step(step, from: node) }
      if next.isEmpty, step != .every { return nil }
      found = next
    }
    if text.isEmpty, found.allSatisfy({ $0.value.elements == nil }) { return nil }
    return found.flatMap { $0.elements ?? [$0] }
  }

  /// The first text the path finds from a row; nil where there is none, or null.
  package func text(in row: Node) -> String? {
    if steps.last == .ownName { return places(in: row, steps.dropLast()).first?.name }
    return value(in: row)?.text
  }

  /// The same, where true and false are texts too.
  func mark(in row: Node) -> String? {
    if case .bool(let isTrue) = places(in: row, steps[...]).first?.value {
      return isTrue ? "true" : "false"
    }
    return text(in: row)
  }

  /// The elements of the first array the path finds.
  func elements(in row: Node) -> [JSONValue]? {
    places(in: row, steps[...]).first { $0.value.elements != nil }?.value.elements
  }

  /// Whether what `text(in:)` finds is a JSON number rather than a string.
  func isNumber(in row: Node) -> Bool {
    if steps.last != .ownName, case .number = value(in: row) { true } else { false }
  }

  /// The first string or number the path finds.
  private func value(in row: Node) -> JSONValue? {
    places(in: row, steps[...]).first { $0.value.text != nil }?.value
  }

  private func places(in row: Node, _ steps: ArraySlice<Step>) -> [Node] {
    var found = [isAbsolute ? row.document : row]
    for step in steps { found = found.flatMap { Self.step(step, from: $0) } }
    return found
  }

  private static func step(_ step: Step, from node: Node) -> [Node] {
    switch (step, node.value) {
    case (.around, _): return node.around.map { [$0] } ?? []
    case (.ownName, _): return []
    case (.every, .array): return node.elements ?? []
    case (.every, .object): return node.members { _ in true }
    case (.name(let name), .array(let elements)):
      guard let number = name == "last" ? -1 : Int(name) else { return [] }
      let index = number < 0 ? elements.count + number : number
      return elements.indices.contains(index) ? [node.element(index, of: elements)] : []
    case (.name(let name), .object): return node.members { $0 == name }
    case (_, .null), (_, .bool), (_, .number), (_, .string): return []
    }
  }
}

extension String {
  /// Whether the first character of a text is one of these.
  fileprivate func contains(next text: Substring) -> Bool {
    text.first.map { contains($0) } ?? false
  }
}
