package import FXCore
import Foundation

/// A JSON Schema (draft 2020-12) with the keywords that the schemas of fxwatch's payloads use.
package struct JSONSchema {
  /// The keywords that describe a schema and assert nothing.
  private static let annotations: Set = ["$defs", "$id", "$schema", "description", "title"]

  /// The documents by file name; a `$ref` is the name of another document or points into its own.
  private let documents: [String: JSONValue]

  /// Creates a schema from the documents of a folder, by file name.
  package init(documents: [String: JSONValue]) { self.documents = documents }

  /// Reads the schemas of fxwatch's payloads, `systemd/schemas`.
  package static func payloads() throws -> JSONSchema {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let folder = tests.deletingLastPathComponent().appending(path: "systemd/schemas")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return JSONSchema(
      documents: Dictionary(
        uniqueKeysWithValues: try files.filter { $0.pathExtension == "json" }.map { file in
          (file.lastPathComponent, try JSONReader.read(Array(try Data(contentsOf: file))))
        }))
  }

  /// The names of the documents, sorted.
  package var names: [String] { documents.keys.sorted() }

  /// Returns a document; nil if there is none of that name.
  package subscript(name: String) -> JSONValue? { documents[name] }

  /// The keywords of all documents that this validator does not check, each after its document.
  package var unknownKeywords: [String] {
    names.flatMap { name in
      documents[name].map { Self.unknownKeywords(of: $0).map { "\(name): \($0)" } } ?? []
    }
  }

  private static func unknownKeywords(of schema: JSONValue) -> [String] {
    guard case .object(let keywords) = schema else { return [] }
    return keywords.flatMap { keyword -> [String] in
      switch keyword.name {
      case "$defs", "properties":
        guard case .object(let members) = keyword.value else { return [] }
        return members.flatMap { unknownKeywords(of: $0.value) }
      case "anyOf": return (keyword.value.elements ?? []).flatMap(unknownKeywords)
      case "additionalProperties", "items": return unknownKeywords(of: keyword.value)
      case "$ref", "required": return []
      case _ where annotations.contains(keyword.name): return []
      default: return satisfies(.null, keyword) == nil ? [keyword.name] : []
      }
    }
  }

  /// Returns the problems of a value, each with its path.
  package func problems(of value: JSONValue, in document: String) -> [String] {
    guard let schema = documents[document] else { return ["there is no \(document)"] }
    return check(value, schema, document, at: "$")
  }

  private func check(
    _ value: JSONValue, _ schema: JSONValue, _ document: String, at path: String
  ) -> [String] {
    guard case .object(let keywords) = schema else { return ["\(path): the schema is no object"] }
    return keywords.flatMap { keyword -> [String] in
      let operand = keyword.value
      switch keyword.name {
      case "$ref":
        guard let (target, other) = resolve(operand.text ?? "", in: document) else {
          return ["\(path): unknown $ref \(operand)"]
        }
        return check(value, target, other, at: path)
      case "anyOf":
        let branches = (operand.elements ?? []).map { check(value, $0, document, at: path) }
        return branches.contains([])
          ? [] : ["\(path): no branch of anyOf matches"] + branches.joined()
      case "properties", "additionalProperties", "required":
        return checkMembers(of: value, keyword, schema, document, at: path)
      case "items":
        return (value.elements ?? []).enumerated().flatMap { index, element in
          check(element, operand, document, at: "\(path)[\(index)]")
        }
      case _ where Self.annotations.contains(keyword.name): return []
      default:
        guard let isValid = Self.satisfies(value, keyword) else {
          return ["\(path): unknown keyword '\(keyword.name)'"]
        }
        return isValid ? [] : ["\(path): \(value) violates \(keyword.name) \(operand)"]
      }
    }
  }

  private func checkMembers(
    of value: JSONValue, _ keyword: JSONValue.Member, _ schema: JSONValue, _ document: String,
    at path: String
  ) -> [String] {
    guard case .object(let members) = value else { return [] }
    switch keyword.name {
    case "required":
      return (keyword.value.elements ?? []).compactMap { name in
        members.contains { $0.name == name.text } ? nil : "\(path): \(name) is missing"
      }
    case "properties":
      return members.flatMap { member in
        keyword.value[member.name].map {
          check(member.value, $0, document, at: "\(path).\(member.name)")
        } ?? []
      }
    default:
      return members.filter { schema["properties"]?[$0.name] == nil }.flatMap { member in
        check(member.value, keyword.value, document, at: "\(path).\(member.name)")
      }
    }
  }

  private func resolve(
    _ reference: String, in document: String
  ) -> (schema: JSONValue, document: String)? {
    guard reference.hasPrefix("#/") else {
      return documents[reference].map { ($0, reference) }
    }
    let path = reference.dropFirst(2).split(separator: "/")
    return path.reduce(documents[document]) { $0?[String($1)] }.map { ($0, document) }
  }

  /// Returns true if a value satisfies a keyword that looks at the value alone; nil for an unknown
  /// keyword.
  private static func satisfies(_ value: JSONValue, _ keyword: JSONValue.Member) -> Bool? {
    let operand = keyword.value
    let limit = operand.text.flatMap { Int($0) } ?? 0
    switch keyword.name {
    case "type":
      return (operand.elements ?? [operand]).contains { isOfType($0.text ?? "", value) }
    case "const": return value == operand
    case "enum": return operand.elements?.contains(value) ?? false
    case "pattern":
      guard case .string(let text) = value else { return true }
      return text.range(of: operand.text ?? "", options: .regularExpression) != nil
    case "minLength":
      guard case .string(let text) = value else { return true }
      return text.count >= limit
    case "minimum":
      guard case .number(let text) = value else { return true }
      return Double(text).map { $0 >= Double(limit) } ?? false
    case "minItems": return value.elements.map { $0.count >= limit } ?? true
    case "maxItems": return value.elements.map { $0.count <= limit } ?? true
    default: return nil
    }
  }

  private static func isOfType(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string),
      ("array", .array), ("object", .object):
      true
    case ("integer", .number(let text)): Int64(text) != nil
    default: false
    }
  }
}
