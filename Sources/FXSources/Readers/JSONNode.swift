package import FXCore

extension JSONPath {
  /// A place in a document; not Sendable: it lives within one reading.
  package final class Node {
    package let value: JSONValue

    /// The name in the object, that of the array's own place for an element.
    package let name: String?

    /// The way to it from the document.
    let path: String

    /// What looking around in the document may still cost.
    let budget: Budget

    private let parent: Node?

    /// The place of a whole document.
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

    /// The elements of an array, with their places.
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

    /// The nearest object around the place; arrays between do not count.
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

    /// What stands there, by its names, for errors.
    var hint: String {
      switch value {
      case .object(let members):
        let names = members.prefix(20).map(\.name).joined(separator: ", ")
        return names.isEmpty ? "no members" : QuotedText.oneLine(names, maximumLength: 120)
      case .array(let elements): return elements.isEmpty ? "no elements" : "a list"
      case .null, .bool, .number, .string: return "nothing but one value"
      }
    }
  }

  /// How many members the paths of one reading may still look at: each of many rows may look through
  /// a large document.
  package final class Budget {
    /// What making a place costs beside looking at a member.
    static let costOfPlace = 10

    private var stepsLeft = BodyLimits.maximumMembersSeen

    /// Whether it is used up, and paths find nothing any more.
    private(set) var isSpent = false

    fileprivate init() {}

    fileprivate func allows(_ steps: Int) -> Bool {
      stepsLeft -= steps
      if stepsLeft < 0 { isSpent = true }
      return !isSpent
    }
  }
}
