/// The texts of a rule that identify its alerts and their state.
struct RuleIdentity: Sendable {
  /// The fingerprint of the rule.
  let fingerprint: String

  /// The digest of its name and of the settings that decide on which rates it fires.
  let digest: ContentDigest

  /// The identity of a rule.
  init(_ rule: Rule) {
    fingerprint = rule.fingerprint
    var hasher = ContentHasher()
    hasher.combine(rule.name)
    hasher.combine(rule.condition.fullText)
    hasher.combine(rule.release?.fullText ?? "")
    hasher.combine(rule.certainty.rawValue)
    if let maxAge = rule.maxAge { hasher.combine(maxAge.milliseconds) }
    if let group = rule.group { hasher.combine(group.description) }
    digest = hasher.finish()
  }
}
