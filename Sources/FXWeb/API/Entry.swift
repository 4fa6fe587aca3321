import FXCore
import FXServer

/// The fields of a body that writes something: a JSON object.
struct Entry {
  private let fields: [String: JSONValue]

  /// Reads the body of a call; throws for another type, invalid JSON and unknown fields.
  init(_ call: RouteCall, _ allowed: [String]) throws(WebFailure) {
    let type = call.request.header("Content-Type")?.split(separator: ";").first ?? ""
    guard type == "application/json" else {
      throw WebFailure(
        status: 415, title: "Unsupported media type",
        detail: "write JSON with Content-Type: application/json")
    }
    let value: JSONValue
    do throws(JSONProblem) {
      value = try JSONReader.read(call.request.body)
    } catch {
      throw .invalid("the body is not JSON")
    }
    guard case .object(let members) = value else { throw .invalid("the body is not an object") }
    var fields: [String: JSONValue] = [:]
    for member in members {
      guard allowed.contains(member.name) else {
        throw .unprocessable(
          "unknown field \(member.name.quoted); expected one of \(allowed.joined(separator: ", "))")
      }
      fields[member.name] = member.value
    }
    self.fields = fields
  }

  /// A text; empty if it is absent.
  subscript(_ name: String) -> String { optional(name) ?? "" }

  /// A text; nil if it is absent.
  func optional(_ name: String) -> String? { fields[name]?.text }

  /// The elements of a list; empty if it is absent.
  func values(_ name: String) -> [JSONValue] { fields[name]?.elements ?? [] }

  /// A list of texts, or one text; empty if it is absent.
  func list(_ name: String) -> [String] {
    switch fields[name] {
    case .array(let elements)?: elements.compactMap(\.text)
    case .string(let text)?: [text]
    default: []
    }
  }
}
