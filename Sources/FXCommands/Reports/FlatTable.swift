import FXCore

/// The fields of a JSON array of objects as a table, so that CSV has the values of JSON.
struct FlatTable {
  /// The names of the fields, then a line for each object.
  let lines: [[String]]

  /// The table of an array of objects; nil for any other value, for an empty array, and for objects that
  /// contain lists of objects.
  ///
  /// The members of an object within an object are fields of their own, such as `last_at`; a list, or an
  /// object within these, is one field with JSON.
  init?(_ value: JSONValue) {
    guard case .array(let elements) = value, !elements.isEmpty else { return nil }
    var names: [String] = []
    var nested: Set<String> = []
    var rows: [[String: String]] = []
    for element in elements {
      guard case .object(let members) = element else { return nil }
      var row: [String: String] = [:]
      func add(_ name: String, _ text: String?) {
        if row.updateValue(text ?? "", forKey: name) == nil, !names.contains(name) {
          names.append(name)
        }
      }
      for member in members {
        // Rows within a row are another table.
        if case .array(let inner) = member.value, case .object? = inner.first { return nil }
        guard case .object(let inner) = member.value, Self.isFlat(inner) else {
          add(member.name, Self.text(member.value))
          continue
        }
        nested.insert(member.name)
        for part in inner { add("\(member.name)_\(part.name)", Self.text(part.value)) }
      }
      rows.append(row)
    }
    // An object that is null in some lines has no field of its own.
    names.removeAll { nested.contains($0) }
    lines = [names] + rows.map { row in names.map { row[$0] ?? "" } }
  }

  private static func isFlat(_ members: [JSONValue.Member]) -> Bool {
    members.allSatisfy { member in
      switch member.value {
      case .object, .array: false
      default: true
      }
    }
  }

  private static func text(_ value: JSONValue) -> String {
    switch value {
    case .object, .array: value.description
    case .bool(let flag): "\(flag)"
    default: value.text ?? ""
    }
  }
}
