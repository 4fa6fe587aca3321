package import FXCore

extension JSONPath {
  /// A value in a document and its location; not Sendable, because it exists within one reading.
  package final class Node {
    package let value: JSONValue

    /// The name in the object; for an element, the name of its array.
    package let name: String?

    /// The path from the document.
    let path: String

    /// The remaining cost allowed for paths in the document.
    let budget: Budget

    private let parent: Node?

    /// The location of a whole document.
    package init(document: JSONValue) {
      value = document
      name = nil
      path = ""
      parent = nil
      budget = Budget()
    }

    private init(_ value: JSONValue, name: String?, step: String, parent: Node) {
      self.value = value
      self.name = name
      path = parent.path.isEmpty ? step : "\(parent.path).\(step)"
      self.parent = parent
      budget = parent.budget
    }

    /// The elements of an array, with their locations.
    var elements: [Node]? {
      guard case .array(let elements) = value else { return nil }
      guard budget.allows(elements.count * Budget.costOfPlace) else { return [] }
      return elements.enumerated().map {
        Node($0.element, name: name, step: String($0.offset), parent: self)
      }
    }

    /// The elements of an array, or the members of an object.
    var children: [Node] { elements ?? members { _ in true } }

    func element(_ index: Int, of elements: [JSONValue]) -> Node {
      Node(elements[index], name: name, step: String(index), parent: self)
    }

    func members(where isMeant: (String) -> Bool) -> [Node] {
      guard case .object(let members) = value, budget.allows(members.count) else { return [] }
      let meant = members.filter { isMeant($0.name) }
      guard budget.allows(meant.count * Budget.costOfPlace) else { return [] }
      return meant.map { Node($0.value, name: $0.name, step: $0.name, parent: self) }
    }

    /// The nearest object that contains the value; arrays between do not count.
    var around: Node? {
      var node = parent
      while case .array = node?.value { node = node?.parent }
      return node
    }

    var document: Node {
      var node = self
      while let parent = node.parent { node = parent }
      return node
    }

    /// The names of the members, for errors.
    var hint: String {
      switch value {
      case .object(let members):
        let names = members.prefix(20).map(\.name).joined(separator: ", ")
        return names.isEmpty ? "no members" : QuotedText.oneLine(names, maximumLength: 120)
      case .array(let elements): return elements.isEmpty ? "no elements" : "a list"
      case .null, .bool, .number, .string: return "a single value"
      }
    }
  }

  /// The number of members that the paths of one reading may still visit; each of many rows may
  /// search a large document.
  package final class Budget {
    /// The cost of creating a node, relative to visiting a member.
    static let costOfPlace = 10

    private var stepsLeft = BodyLimits.maximumMembersVisited

    /// True if the budget is used up; paths then find nothing more.
    private(set) var isSpent = false

    fileprivate init() {}

    fileprivate func allows(_ steps: Int) -> Bool {
      stepsLeft -= steps
      if stepsLeft < 0 { isSpent = true }
      return !isSpent
    }
  }
}
