/// The check for conditions that can hold only while their alert fires, because of windows `since fired`.
package enum FiringWindows {
  /// Returns true if a condition uses such a window.
  package static func areUsed(in condition: Condition) -> Bool {
    guard let syntax = try? Parser.syntax(of: condition.text) else { return false }
    return Reader(definitions: condition.scope.definitions).isUsed(in: syntax)
  }

  /// Returns true if a condition cannot hold before its alert fires.
  package static func preventFiring(by condition: Condition) -> Bool {
    guard let syntax = try? Parser.syntax(of: condition.text) else { return false }
    return !Reader(definitions: condition.scope.definitions).canBe(true, syntax)
  }

  /// Walks a condition whose definitions were checked, so that none uses itself.
  private struct Reader {
    let definitions: Definitions

    /// Returns true if a predicate can be true, or false, while the alert does not fire.
    func canBe(_ truth: Bool, _ syntax: Syntax) -> Bool {
      switch syntax.node {
      case .not(let operand): return canBe(!truth, operand)
      case .logical(let operation, let left, let right):
        return (operation == .and) == truth
          ? canBe(truth, left) && canBe(truth, right) : canBe(truth, left) || canBe(truth, right)
      case .call(let name, _):
        if let inner = definitions[name]?.syntax { return canBe(truth, inner) }
      default: break
      }
      return !isUsed(in: syntax)
    }

    func isUsed(in syntax: Syntax) -> Bool {
      switch syntax.node {
      case .sinceAlert(.fired): true
      case .before(let part), .negated(let part), .not(let part): isUsed(in: part)
      case .arithmetic(_, let left, let right), .comparison(_, let left, let right),
        .logical(_, let left, let right):
        isUsed(in: left) || isUsed(in: right)
      case .call(let name, let arguments):
        arguments.contains(where: isUsed)
          || (definitions[name]?.syntax.map(isUsed) ?? false)
      case .number, .percent, .duration, .steps, .publications, .since, .sinceStart,
        .sinceAlert, .word:
        false
      }
    }
  }
}
