import FXCore

/// A path into JSON: names and array indices joined by dots, `rates.USD`, `data[0].value`.
///
/// `*` is every element of an array or every member of an object, `last` the last element, a negative
/// index counts from the end, `^` is the enclosing object, and `#` the name of the member in its
/// object; `#:1` is the second part of a name like `0:7:2`. A name with a dot is written `['a.b']`.
/// `[code=USD]` selects the elements or members with that text at `code`. A path in parentheses is
/// evaluated from the row and its text used as a name: `$.names[(id)]`,
/// `$.columns[field=(#)].title`. A path that begins with `$` starts from the document, any other from
/// the row.
package struct JSONPath: Hashable, Sendable {
  /// The path as written.
  package let text: String

  private let steps: [Step]
  private let isAbsolute: Bool

  private enum Step: Hashable, Sendable {
    case name(Key)
    case every
    case around
    case ownName(part: Int?)
    case having(JSONPath, Key)
  }

  /// A name, as written or as the text at another path.
  private enum Key: Hashable, Sendable {
    case text(String)
    case path(JSONPath)

    func text(for row: Node) -> String? {
      switch self {
      case .text(let text): text
      case .path(let path): path.text(in: row)
      }
    }
  }

  /// Parses a path; every text is one.
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
        steps.append(Self.bracketed(rest[rest.index(after: rest.startIndex)..<end]))
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

  /// True if the path finds the same from every row.
  var isOfDocument: Bool {
    isAbsolute
      && steps.allSatisfy { step in
        switch step {
        case .name(.path(let path)), .having(_, .path(let path)): path.isOfDocument
        case .name(.text), .having(_, .text), .every, .around, .ownName: true
        }
      }
  }

  /// True if the path only goes into the row, to one value at each step: from all rows of a document
  /// together it visits no value twice.
  var isDirect: Bool {
    !isAbsolute
      && steps.allSatisfy { step in
        switch step {
        case .name(.text), .ownName: true
        case .name(.path), .having, .every, .around: false
        }
      }
  }

  private static func step(_ word: Substring) -> Step {
    switch word {
    case "*": return .every
    case "^": return .around
    case "#": return .ownName(part: nil)
    default:
      if word.hasPrefix("#:"), let part = Int(word.dropFirst(2)), part >= 0 {
        return .ownName(part: part)
      }
      return .name(.text(String(word)))
    }
  }

  /// Returns the step for the text between brackets.
  private static func bracketed(_ inner: Substring) -> Step {
    if isQuoted(inner) { return .name(key(inner)) }
    if inner.first == "(" { return .name(key(inner)) }
    guard let mark = inner.firstIndex(of: "=") else { return step(inner) }
    return .having(JSONPath(String(inner[..<mark])), key(inner[mark...].dropFirst()))
  }

  private static func key(_ text: Substring) -> Key {
    if isQuoted(text) { return .text(String(text.dropFirst().dropLast())) }
    if text.first == "(", text.last == ")" {
      return .path(JSONPath(String(text.dropFirst().dropLast())))
    }
    return .text(String(text))
  }

  private static func isQuoted(_ text: Substring) -> Bool {
    guard text.count >= 2, let mark = text.first else { return false }
    return text.last == mark && (mark == "'" || mark == "\"")
  }

  /// Returns the index of the bracket that closes the one at the start of a text.
  private static func bracketEnd(_ text: Substring) -> Substring.Index? {
    var depth = 0
    var quote: Character?
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "[" {
        depth += 1
      } else if character == "]" {
        depth -= 1
        if depth == 0 { return index }
      }
    }
    return nil
  }

  /// Returns the rows at the path; nil if the document has no such path.
  ///
  /// An array is replaced by its elements.
  package func rows(in document: Node) -> [Node]? {
    var found = [document]
    for step in steps {
      var next: [Node] = []
      for node in found { next += Self.step(step, from: node, row: document) }
      if next.isEmpty, step != .every { return nil }
      found = next
    }
    if text.isEmpty, found.allSatisfy({ $0.elements == nil }) { return nil }
    return found.flatMap { $0.elements ?? [$0] }
  }

  /// Returns the first text the path finds from a row; nil if there is none, or null.
  package func text(in row: Node) -> String? {
    if case .ownName(let part) = steps.last {
      guard let name = places(in: row, steps.dropLast()).first?.name else { return nil }
      guard let part else { return name }
      let parts = name.split(separator: ":", omittingEmptySubsequences: false)
      return parts.indices.contains(part) ? String(parts[part]) : nil
    }
    return value(in: row)?.text
  }

  /// Returns the same as `text(in:)`, with Booleans as `true` and `false`.
  func textOrBoolean(in row: Node) -> String? {
    if case .bool(let isTrue) = places(in: row, steps[...]).first?.value {
      return isTrue ? "true" : "false"
    }
    return text(in: row)
  }

  /// Returns the elements of the first array the path finds.
  func elements(in row: Node) -> [JSONValue]? {
    for place in places(in: row, steps[...]) {
      if case .array(let elements) = place.value { return elements }
    }
    return nil
  }

  /// Returns true if `text(in:)` is a JSON number rather than a string.
  func isNumber(in row: Node) -> Bool {
    if case .ownName = steps.last { return false }
    if case .number = value(in: row) { return true }
    return false
  }

  /// Returns the first string or number the path finds.
  private func value(in row: Node) -> JSONValue? {
    places(in: row, steps[...]).first { $0.value.text != nil }?.value
  }

  private func places(in row: Node, _ steps: ArraySlice<Step>) -> [Node] {
    var found = [isAbsolute ? row.document : row]
    for step in steps { found = found.flatMap { Self.step(step, from: $0, row: row) } }
    return found
  }

  private static func step(_ step: Step, from node: Node, row: Node) -> [Node] {
    switch step {
    case .around: return node.around.map { [$0] } ?? []
    case .ownName: return []
    case .every: return node.children
    case .name(let key):
      guard let name = key.text(for: row) else { return [] }
      if case .array(let elements) = node.value {
        guard let number = name == "last" ? -1 : Int(name) else { return [] }
        let index = number < 0 ? elements.count + number : number
        return elements.indices.contains(index) ? [node.element(index, of: elements)] : []
      }
      return node.members { $0 == name }
    case .having(let path, let key):
      guard let text = key.text(for: row) else { return [] }
      return node.children.filter { path.textOrBoolean(in: $0) == text }
    }
  }
}
