/// Every function of the condition language, by name.
enum FunctionCatalog {
  /// In alphabetical order.
  static let all: [any ConditionFunction.Type] = [
    AbsFunction.self,
    AgeFunction.self,
    AtFunction.self,
    ChangeFunction.self,
    CrossesFunction.self,
    CrossesAboveFunction.self,
    CrossesBelowFunction.self,
    DeltaFunction.self,
    EntersFunction.self,
    LeavesFunction.self,
    RateFunction.self,
  ]

  /// The function of that name.
  static func function(named name: String) -> (any ConditionFunction.Type)? {
    all.first { $0.name == name }
  }
}
