import FXCore

/// A standard form of statistical data in JSON, which is converted to a list of rows.
package enum JSONShape: String, Hashable, Sendable, CaseIterable {
  /// JSON-stat 1 and 2 (json-stat.org).
  case jsonStat = "json-stat"
  /// SDMX-JSON 1 and 2 (github.com/sdmx-twg/sdmx-json).
  case sdmx

  /// Returns the rows of a document: an object each, with the code of each dimension under its name and
  /// the number under `value`.
  ///
  /// Throws if the document has another form, or more rows than are allowed.
  func rows(of document: JSONValue, _ title: String) throws(ParseError) -> JSONValue {
    let found: [JSONValue]?
    switch self {
    case .jsonStat: found = try JSONStatTable(document)?.rows(title)
    case .sdmx: found = try SDMXTable(document)?.rows(title)
    }
    guard let found else {
      throw ParseError("the body is JSON without \(title): expected the form '\(rawValue)'")
    }
    return .array(found)
  }

  /// The error for a table with too many numbers.
  static func excess(_ title: String) -> ParseError {
    ParseError("\(title) have more than \(BodyLimits.maximumRows) rows")
  }

  /// A dimension: its name, and the codes of its positions.
  struct Dimension {
    let name: String
    let codes: [JSONValue]
  }
}

/// A table of JSON-stat.
private struct JSONStatTable {
  private let dimensions: [JSONShape.Dimension]
  private let value: JSONValue

  /// A table in a document: a dataset, or the first of a bundle.
  init?(_ document: JSONValue) {
    var dataset = document
    if dataset["value"] == nil, case .object(let members) = dataset {
      guard let first = members.first(where: { $0.value["value"] != nil }) else { return nil }
      dataset = first.value
    }
    guard let value = dataset["value"], let described = dataset["dimension"],
      case .array(let names)? = dataset["id"] ?? described["id"]
    else { return nil }
    self.value = value
    var dimensions: [JSONShape.Dimension] = []
    for name in names.compactMap(\.text) {
      guard let category = described[name]?["category"] else { return nil }
      dimensions.append(.init(name: name, codes: Self.codes(of: category)))
    }
    guard dimensions.count == names.count, dimensions.allSatisfy({ !$0.codes.isEmpty }) else {
      return nil
    }
    self.dimensions = dimensions
  }

  private static func codes(of category: JSONValue) -> [JSONValue] {
    switch category["index"] {
    case .array(let codes): return codes
    case .object(let members):
      let places = members.map { (Int($0.value.text ?? "") ?? -1, $0.name) }.sorted { $0 < $1 }
      return places.map(\.0) == Array(places.indices) ? places.map { .string($0.1) } : []
    default:
      // A dimension of one category may have only its label.
      guard case .object(let labels)? = category["label"], labels.count == 1 else { return [] }
      return [.string(labels[0].name)]
    }
  }

  func rows(_ title: String) throws(ParseError) -> [JSONValue] {
    var numbers: [(index: Int, value: JSONValue)] = []
    switch value {
    case .array(let values): numbers = values.enumerated().map { ($0, $1) }
    case .object(let members):
      numbers = members.compactMap { member in Int(member.name).map { ($0, member.value) } }
    default: return []
    }
    numbers.removeAll { $0.value == .null || $0.index < 0 }
    guard numbers.count <= BodyLimits.maximumRows else { throw JSONShape.excess(title) }
    return numbers.map { number in
      var rest = number.index
      var members: [JSONValue.Member] = [.init("value", number.value)]
      for dimension in dimensions.reversed() {
        members.append(.init(dimension.name, dimension.codes[rest % dimension.codes.count]))
        rest /= dimension.codes.count
      }
      return .object(rest == 0 ? members : [])
    }
  }
}

/// A table of SDMX-JSON.
private struct SDMXTable {
  private let series: [JSONShape.Dimension]
  private let observation: [JSONShape.Dimension]
  private let data: JSONValue

  /// The table of the first data set of a document.
  init?(_ document: JSONValue) {
    let content = document["data"] ?? document
    guard case .array(let sets)? = content["dataSets"], let data = sets.first else { return nil }
    var structure = content["structure"] ?? document["structure"]
    if case .array(let structures)? = content["structures"] { structure = structures.first }
    guard let dimensions = structure?["dimensions"] else { return nil }
    self.data = data
    series = Self.dimensions(dimensions["series"])
    observation = Self.dimensions(dimensions["observation"])
    guard !observation.isEmpty else { return nil }
  }

  private static func dimensions(_ list: JSONValue?) -> [JSONShape.Dimension] {
    guard case .array(let items)? = list else { return [] }
    return items.compactMap { item in
      guard let name = item["id"]?.text, case .array(let values)? = item["values"] else {
        return nil
      }
      return .init(name: name, codes: values.map { $0["id"] ?? $0["value"] ?? .null })
    }
  }

  func rows(_ title: String) throws(ParseError) -> [JSONValue] {
    var rows: [JSONValue] = []
    func add(
      _ observations: JSONValue?, _ shared: [JSONValue.Member]
    ) throws(ParseError) {
      guard case .object(let members)? = observations else { return }
      for member in members {
        guard let place = Self.codes(at: member.name, in: observation),
          let value = Self.number(member.value), value != .null
        else { continue }
        rows.append(.object(shared + place + [.init("value", value)]))
        guard rows.count <= BodyLimits.maximumRows else { throw JSONShape.excess(title) }
      }
    }
    try add(data["observations"], [])
    if case .object(let all)? = data["series"] {
      for one in all {
        guard let shared = Self.codes(at: one.name, in: series) else { continue }
        try add(one.value["observations"], shared)
      }
    }
    return rows
  }

  private static func number(_ value: JSONValue) -> JSONValue? {
    if case .array(let parts) = value { parts.first } else { value }
  }

  /// Returns the codes of a key such as `0:3:1`; nil for one that the structure does not contain.
  private static func codes(
    at key: String, in dimensions: [JSONShape.Dimension]
  ) -> [JSONValue.Member]? {
    let places = key.split(separator: ":").map { Int($0) }
    guard places.count == dimensions.count else { return nil }
    var members: [JSONValue.Member] = []
    for (place, dimension) in zip(places, dimensions) {
      guard let place, dimension.codes.indices.contains(place) else { return nil }
      members.append(.init(dimension.name, dimension.codes[place]))
    }
    return members
  }
}
