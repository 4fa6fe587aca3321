import FXCore

/// The rules of the config for programs.
struct RuleList {
  private let rules: [Rule]

  /// A list of rules, in the order of the config.
  init(_ rules: [Rule]) { self.rules = rules }

  var json: JSONValue {
    .array(
      rules.map { rule in
        .object([
          .init("rule", .string(rule.name)),
          .init("kind", .string(rule.policy.kind.rawValue)),
          .init("severity", .string(rule.severity.rawValue)),
          .init("when", .string(rule.condition.text)),
          .init("release", .optional(rule.release?.text)),
          .init("certainty", .string(rule.certainty.rawValue)),
        ])
      })
  }
}
