/// The pairs of a rule that has one alert for several, as the contract describes it: the condition is asked
/// of each pair, and their answers are counted.
struct RuleGroup {
  /// All pairs, in alphabetical order.
  let pairs: [String]

  /// The number of pairs for which the condition must hold; nil for all.
  let count: Int?

  var needed: Int { count ?? pairs.count }

  /// The keys of the rule.
  var text: String { count.map { "at_least: \($0)" } ?? "all: true" }

  /// Returns true if enough pairs hold, false if certainly not enough, nil if that is open.
  func verdict(of answers: [Bool?]) -> Bool? {
    if answers.count(where: { $0 == true }) >= needed { return true }
    return answers.count { $0 != false } < needed ? false : nil
  }

  /// Returns true if so many pairs are released that not enough are left.
  func isReleased(_ releases: [Bool]) -> Bool { releases.count { !$0 } < needed }
}
