/// A pattern for values of labels: alternatives of texts with `.`, `.*` and `.+`, which always match whole.
///
/// That is the part of regular expressions that dashboards write; it is matched without backtracking.
struct LabelPattern {
  private enum Step: Equatable {
    case character(Character)
    case any
    case anyNumber
  }

  private let alternatives: [[Step]]

  /// Parses a pattern; nil for another regular expression.
  init?(_ text: String) {
    var alternatives: [[Step]] = []
    var steps: [Step] = []
    var rest = text[...]
    if rest.hasPrefix("("), rest.hasSuffix(")") { rest = rest.dropFirst().dropLast() }
    while let character = rest.popFirst() {
      switch character {
      case "|":
        alternatives.append(steps)
        steps = []
      case "\\":
        guard let literal = rest.popFirst(), !literal.isLetter, !literal.isNumber else {
          return nil
        }
        steps.append(.character(literal))
      case ".":
        if rest.first == "*" || rest.first == "+" {
          if rest.removeFirst() == "+" { steps.append(.any) }
          // A run of them matches what one does, and would cost the square of its length.
          if steps.last != .anyNumber { steps.append(.anyNumber) }
        } else {
          steps.append(.any)
        }
      case "*", "+", "?", "[", "]", "(", ")", "{", "}", "^", "$": return nil
      default: steps.append(.character(character))
      }
    }
    self.alternatives = alternatives + [steps]
  }

  /// True if the whole value matches; costs the product of the lengths at most.
  func matches(_ value: String) -> Bool { alternatives.contains { Self.matches($0, value) } }

  private static func matches(_ steps: [Step], _ value: String) -> Bool {
    // The numbers of steps that can be done after the characters so far.
    var places = Set([0])
    func skipped(_ places: Set<Int>) -> Set<Int> {
      var all = places
      for place in places where place < steps.count && steps[place] == .anyNumber {
        all.insert(place + 1)
      }
      return all
    }
    for character in value {
      var next: Set<Int> = []
      for place in skipped(places) where place < steps.count {
        switch steps[place] {
        case .anyNumber: next.insert(place)
        case .any: next.insert(place + 1)
        case .character(let wanted): if wanted == character { next.insert(place + 1) }
        }
      }
      places = next
    }
    return skipped(places).contains(steps.count)
  }
}
