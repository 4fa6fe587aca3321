import FXCore

extension ServiceAnswer {
  /// Reads `answer`; nil if it is absent, or after reporting a problem.
  static func read(_ section: SettingsSection) -> ServiceAnswer? {
    guard let answer = section.section("answer") else { return nil }
    let path = answer.requiredString("at", because: "write where the code is, such as errcode")
    let expected = answer.requiredString("is", because: "write the value of success, such as \"0\"")
    answer.finish()
    guard let path, let expected else { return nil }
    let parts = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.allSatisfy({ !$0.isEmpty }) else {
      answer.problem("at", "\(path.quoted) is not a path; write keys with dots between them")
      return nil
    }
    return .value(at: parts, expected: expected)
  }
}
