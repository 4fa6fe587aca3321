import FXCore

extension SampledTable {
  /// The deepest level at which rows are searched, and the most children of a level that are looked at.
  private static let deepest = 6
  private static let mostChildren = 60

  /// The most texts of a row.
  private static let mostColumns = 60

  /// Collects the texts of rows by location, in the order in which they are met.
  private struct Texts {
    private(set) var columns: [Column] = []
    private var indices: [String: Int] = [:]
    var row = 0

    mutating func add(_ place: String, _ text: String, isNumber: Bool = false) {
      let index =
        indices[place]
        ?? {
          guard columns.count < mostColumns else { return nil }
          columns.append(Column(place: place, name: place, texts: []))
          columns[columns.count - 1].areNumbers = isNumber
          indices[place] = columns.count - 1
          return columns.count - 1
        }()
      guard let index else { return }
      columns[index].texts += [String](
        repeating: "", count: max(0, row - columns[index].texts.count))
      guard columns[index].texts.count == row else { return }
      columns[index].texts.append(RowTexts.name(text))
      if !isNumber { columns[index].areNumbers = false }
    }

    /// Ends with as many texts in every column.
    mutating func end(rows: Int) {
      for index in columns.indices {
        columns[index].texts += [String](
          repeating: "", count: max(0, rows - columns[index].texts.count))
      }
    }
  }

  // MARK: JSON

  /// Returns the lists of objects, and the objects with a member per currency, of a document.
  static func of(json root: JSONValue) -> [SampledTable] {
    var tables: [SampledTable] = []
    search(root, at: "", depth: 0, shared: [], in: &tables)
    return tables
  }

  private static func search(
    _ value: JSONValue, at path: String, depth: Int, shared: [Column],
    in tables: inout [SampledTable]
  ) {
    guard depth < deepest else { return }
    let children: [(name: String?, value: JSONValue)] =
      switch value {
      case .array(let elements): elements.map { (nil, $0) }
      case .object(let members): members.map { ($0.name, $0.value) }
      default: []
      }
    let isList = children.contains { child in
      if case .object = child.value { child.name == nil || isCode(child.name ?? "") } else { false }
    }
    let codes = children.count { isCode($0.name ?? "") }
    if isList || codes > 1 {
      var texts = Texts()
      let rows = children.prefix(longest)
      for (row, child) in rows.enumerated() {
        texts.row = row
        if let name = child.name { texts.add("#", name) }
        add(child.value, at: "", depth: 0, to: &texts)
      }
      texts.end(rows: rows.count)
      tables.append(
        SampledTable(
          settings: [.init("rows", path.isEmpty ? "*" : "\(path).*")], columns: texts.columns,
          shared: shared))
    }
    var around = shared
    for child in children.prefix(mostChildren) {
      guard let name = child.name, let text = child.value.text, shared.count < mostColumns else {
        continue
      }
      let place = joined(path, name)
      let absolute = place.hasPrefix("[") ? "$\(place)" : "$.\(place)"
      around.append(Column(place: absolute, name: name, texts: [RowTexts.name(text)]))
    }
    for (index, child) in children.prefix(child(ofEach: value)).enumerated() {
      let name = child.name.map { joined(path, $0) } ?? "\(path)[\(index)]"
      search(child.value, at: name, depth: depth + 1, shared: around, in: &tables)
    }
  }

  /// The number of children that are searched: of a list only the first, which the others resemble.
  private static func child(ofEach value: JSONValue) -> Int {
    if case .array = value { 1 } else { mostChildren }
  }

  private static func add(
    _ value: JSONValue, at place: String, depth: Int, to texts: inout Texts
  ) {
    switch value {
    case .string(let text): texts.add(place.isEmpty ? "." : place, text)
    case .number(let text): texts.add(place.isEmpty ? "." : place, text, isNumber: true)
    case .object(let members) where depth < 3:
      for member in members.prefix(mostChildren) {
        add(member.value, at: joined(place, member.name), depth: depth + 1, to: &texts)
      }
    case .array(let elements) where depth < 3:
      if let first = elements.first { add(first, at: "\(place)[0]", depth: depth + 1, to: &texts) }
    default: break
    }
  }

  private static func isCode(_ name: String) -> Bool {
    Currency(name.uppercased()).map(isKnown) ?? false || CurrencyPair(name) != nil
  }

  private static func joined(_ path: String, _ name: String) -> String {
    let isPlain =
      name.first?.isLetter == true && name != "last"
      && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    if isPlain { return path.isEmpty ? name : "\(path).\(name)" }
    return "\(path)['\(name)']"
  }

  // MARK: XML

  /// Returns the groups of elements of one name that an element contains several of.
  static func of(xml tree: XMLTree) throws(ParseError) -> [SampledTable] {
    guard let root = try tree.nodes(XPath(stated: "/*").compiled()).first else { return [] }
    var tables: [SampledTable] = []
    search(root, at: "/\(XMLTree.name(of: root))", depth: 0, shared: [], in: &tables)
    return tables
  }

  private static func search(
    _ node: XMLTree.Node, at path: String, depth: Int, shared: [Column],
    in tables: inout [SampledTable]
  ) {
    guard depth < deepest else { return }
    let children = XMLTree.children(of: node)
    var groups: [(name: String, nodes: [XMLTree.Node])] = []
    var indices: [String: Int] = [:]
    for child in children {
      let name = XMLTree.name(of: child)
      if let index = indices[name] {
        groups[index].nodes.append(child)
      } else if groups.count < mostChildren {
        indices[name] = groups.count
        groups.append((name, [child]))
      }
    }
    var around = shared
    for (name, text) in XMLTree.attributes(of: node, atMost: mostColumns)
    where around.count < mostColumns {
      around.append(Column(place: "\(path)/@\(name)", name: name, texts: [RowTexts.name(text)]))
    }
    for group in groups where group.nodes.count == 1 && around.count < mostColumns {
      guard let only = group.nodes.first, XMLTree.children(of: only).isEmpty else { continue }
      around.append(
        Column(
          place: "\(path)/\(group.name)", name: group.name,
          texts: [RowTexts.name(XMLTree.content(of: only))]))
    }
    for group in groups where group.nodes.count > 1 {
      var texts = Texts()
      let rows = group.nodes.prefix(longest)
      for (row, node) in rows.enumerated() {
        texts.row = row
        add(node, at: "", depth: 0, to: &texts)
      }
      texts.end(rows: rows.count)
      tables.append(
        SampledTable(
          settings: [.init("rows", "\(path)/\(group.name)")], columns: texts.columns,
          shared: around))
    }
    for group in groups {
      guard let first = group.nodes.first else { continue }
      search(first, at: "\(path)/\(group.name)", depth: depth + 1, shared: around, in: &tables)
    }
  }

  private static func add(
    _ node: XMLTree.Node, at place: String, depth: Int, to texts: inout Texts
  ) {
    let start = place.isEmpty ? "" : "\(place)/"
    for (name, text) in XMLTree.attributes(of: node, atMost: mostColumns) {
      texts.add("\(start)@\(name)", text)
    }
    let children = XMLTree.children(of: node)
    if children.isEmpty {
      texts.add(place.isEmpty ? "." : place, XMLTree.content(of: node))
    } else if depth < 3 {
      for child in children.prefix(mostChildren) {
        add(child, at: start + XMLTree.name(of: child), depth: depth + 1, to: &texts)
      }
    }
  }
}
