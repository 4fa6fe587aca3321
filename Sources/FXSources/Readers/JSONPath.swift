package import FXCore

/// A path into JSON: names and array indices joined by dots, `rates.USD`, `data.0.value`.
///
/// `*` stands for every element of an array or every member of an object. `#` is the name under
/// which the row itself stands in its object. An empty path, or `.`, is the place itself; an array found by
/// the rows' path stands for its elements. Names with dots are not reachable.
package struct JSONPath: Hashable, Sendable {
  /// The path as written.
  package let text: String

  private let steps: [String]

  /// The path of a text.
  package init(_ text: String) {
    self.text = text
    self.steps = text.isEmpty ? [] : text.split(separator: ".").map(String.init)
  }

  /// A place in a document: the value, and the name it stands under.
  package struct Node: Hashable, Sendable {
    package let name: String?
    package let value: JSONValue
  }

  /// The rows the path finds; nil where the document lacks the place they should be at.
  package func nodes(in document: JSONValue) -> [Node]? {
    var found = [Node(name: nil, value: document)]
    for step in steps {
      var next: [Node] = []
      for node in found { next += Self.step(step, from: node) }
      if next.isEmpty, step != "*" { return nil }
      found = next
    }
    if found.count == 1, let elements = found[0].value.elements {
      return elements.map { Node(name: nil, value: $0) }
    }
    return steps.last == "*" || !found.isEmpty && !steps.isEmpty ? found : nil
  }

  /// The first text the path finds from a row; nil where there is none, or null.
  package func text(in row: Node) -> String? {
    text == "#" ? row.name : value(in: row)?.text
  }

  /// Whether what `text(in:)` finds is a JSON number rather than a string.
  func isNumber(in row: Node) -> Bool {
    if text != "#", case .number = value(in: row) { true } else { false }
  }

  /// The first string or number the path finds.
  private func value(in row: Node) -> JSONValue? {
    var found = [row]
    for step in steps {
      found = found.flatMap { Self.step(step, from: $0) }
    }
    return found.first { $0.value.text != nil }?.value
  }

  private static func step(_ step: String, from node: Node) -> [Node] {
    switch node.value {
    case .array(let elements):
      if step == "*" { return elements.map { Node(name: node.name, value: $0) } }
      guard let index = Int(step), elements.indices.contains(index) else { return [] }
      return [Node(name: node.name, value: elements[index])]
    case .object(let members):
      return members.filter { step == "*" || $0.name == step }
        .map { Node(name: $0.name, value: $0.value) }
    case .null, .bool, .number, .string:
      return []
    }
  }
}
