/// The name of another source in a condition or in a definition that it uses.
struct SourceMention: Sendable {
  let source: SourceName

  /// The text with the name, and its place there.
  let text: String
  let range: Range<Int>

  /// Returns the problem of a source that is not among the known ones.
  func problem(among known: DefinedNames) -> ConditionProblem? {
    known.contains(source.text)
      ? nil
      : ConditionProblem(
        text, range,
        "unknown source '\(Lexer.quoted(source.text))'; "
          + known.choices(insteadOf: source.text, kind: "source"))
  }
}
