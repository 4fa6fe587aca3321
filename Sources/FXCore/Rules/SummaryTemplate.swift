/// The template of an alert's sentence, with fields in braces: `{pair} moved {change} at {source}`.
package struct SummaryTemplate: Hashable, Sendable {
  /// The fields of templates.
  package enum Field: String, Hashable, Sendable, CaseIterable {
    case base
    case change
    case condition
    case delta
    case late
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
  }

  private enum Part: Hashable {
    case text(String)
    case field(Field)
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

  /// The error in a template, as a sentence.
  package struct Problem: Error, Hashable, Sendable {
    package let message: String
  }

  /// Parses a template; `{{` and `}}` are literal braces.
  package init(_ text: String) throws(Problem) {
    self.text = text
    var parts: [Part] = []
    var literal = ""
    var rest = Substring(text)
    while let character = rest.first {
      rest.removeFirst()
      if character == "{", rest.first == "{" || character == "}", rest.first == "}" {
        rest.removeFirst()
        literal.append(character)
      } else if character == "{" {
        guard let end = rest.firstIndex(of: "}") else {
          throw Problem(message: "missing '}' after '{'; write '{{' for a literal brace")
        }
        let name = String(rest[..<end])
        guard let field = Field(rawValue: name) else {
          let names = Field.allCases.map(\.rawValue)
          throw Problem(
            message: "unknown field '{\(name)}'; expected one of \(names.joined(separator: ", "))"
              + NearestName.suggestion(for: name, among: names))
        }
        if !literal.isEmpty { parts.append(.text(literal)) }
        literal = ""
        parts.append(.field(field))
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

  /// Returns the sentence; a field without a value becomes `?`.
  package func rendered(_ value: (Field) -> String?) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .field(let field): value(field) ?? "?"
      }
    }.joined()
  }
}
