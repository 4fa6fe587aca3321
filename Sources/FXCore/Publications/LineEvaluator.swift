/// Evaluates the rules on the lines of a publication.
///
/// A protocol rather than a closure: a call through a closure counts the references that it keeps anew
/// for every line.
protocol LineEvaluator: AnyObject {
  /// Evaluates the rules on one line, and adds the changes to a decision.
  func evaluate(_ line: PublicationLine, in decision: DecisionBuilder)
}
