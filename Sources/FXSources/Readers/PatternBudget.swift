/// The remaining number of steps for the patterns of one reading.
///
/// PCRE2's own limits count per starting position and exclude what a repetition passes over, so that
/// a body of 4 MiB could take days within them. Steps are counted here instead, before each element
/// of a pattern.
final class PatternBudget {
  var stepsLeft = BodyLimits.maximumPatternSteps
  var position = 0
}
