/// The template of an alert's sentence, with fields and values in braces: `{pair} moved {change} at {source}
/// to {= rate * 100 :.2f}`.
package struct SummaryTemplate: Hashable, Sendable {
  /// The fields of templates.
  package enum Field: String, Hashable, Sendable, CaseIterable {
    case base
    case change
    case condition
    case count
    case delta
    case late
    case members
    case pair
    case previous
    case publishedChange = "published_change"
    case quote
    case rate
    case rule
    case severity
    case side
    case source
    case tick
    case ticks
    case valueDate = "value_date"

    /// True if it is only known of an alert about several pairs.
    var isOfGroup: Bool { self == .count || self == .members }
  }

  private enum Part: Hashable {
    case text(String)
    case field(Field)
    case value(SummaryValue)
  }

  /// The template as written.
  package let text: String

  private let parts: [Part]

  /// The fields that it uses.
  package var fields: Set<Field> {
    Set(
      parts.compactMap { part in
        if case .field(let field) = part { field } else { nil }
      })
  }

  /// The values that it computes, in the order written.
  package var values: [SummaryValue] {
    parts.compactMap { part in
      if case .value(let value) = part { value } else { nil }
    }
  }

  /// The error in a template, as a sentence.
  package struct Problem: Error, Hashable, Sendable {
    package let message: String
  }

  /// Parses a template; `{{` and `}}` are literal braces.
  package init(_ text: String, in scope: ConditionScope = ConditionScope()) throws(Problem) {
    self.text = text
    var parts: [Part] = []
    var literal = ""
    var rest = Substring(text)
    while let character = rest.first {
      rest.removeFirst()
      if "{}".contains(character), rest.first == character {
        rest.removeFirst()
        literal.append(character)
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else {
          throw Problem(message: "missing '}' after '{'; write '{{' for a literal brace")
        }
        if !literal.isEmpty { parts.append(.text(literal)) }
        literal = ""
        parts.append(try Self.part(in: rest[..<end], scope))
        rest = rest[rest.index(after: end)...]
      } else if character == "}" {
        throw Problem(message: "unexpected '}'; write '}}' for a literal brace")
      } else {
        literal.append(character)
      }
    }
    if !literal.isEmpty { parts.append(.text(literal)) }
    self.parts = parts
  }

  /// Returns the field, or the value after `=`, between two braces.
  private static func part(
    in braces: Substring, _ scope: ConditionScope
  ) throws(Problem) -> Part {
    if braces.hasPrefix("=") {
      return .value(try SummaryValue(String(braces.dropFirst()), in: scope))
    }
    let name = String(braces)
    guard let field = Field(rawValue: name) else {
      let names = Field.allCases.map(\.rawValue)
      throw Problem(
        message: "unknown field '{\(name)}'; expected one of \(names.joined(separator: ", "))"
          + NearestName.suggestion(for: name, among: names))
    }
    return .field(field)
  }

  /// Returns the sentence with the texts of its values; a field without a value becomes `?`.
  package func rendered(_ values: [String] = [], _ value: (Field) -> String?) -> String {
    var values = values[...]
    return parts.map { part in
      switch part {
      case .text(let text): text
      case .field(let field): value(field) ?? "?"
      case .value: values.popFirst() ?? "?"
      }
    }.joined()
  }
}
