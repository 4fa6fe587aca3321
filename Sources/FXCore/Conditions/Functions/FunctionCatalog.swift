/// All functions of the condition language.
enum FunctionCatalog {
  /// In alphabetical order.
  static let all: [any ConditionFunction.Type] = [
    AbsFunction.self,
    AgeFunction.self,
    AskFunction.self,
    AtFunction.self,
    AtrFunction.self,
    AvgFunction.self,
    BidFunction.self,
    ChangeFunction.self,
    ChangeMismatchFunction.self,
    CrossFunction.self,
    CrossesFunction.self,
    CrossesAboveFunction.self,
    CrossesBelowFunction.self,
    DeltaFunction.self,
    EntersFunction.self,
    FirstFunction.self,
    HourFunction.self,
    LeavesFunction.self,
    MaxFunction.self,
    MidFunction.self,
    MinFunction.self,
    MissedFunction.self,
    NewHighFunction.self,
    NewLowFunction.self,
    PublishedFunction.self,
    RateFunction.self,
    RevisedFunction.self,
    SpreadFunction.self,
    StddevFunction.self,
    SuspectFunction.self,
    WeekdayFunction.self,
    ZscoreFunction.self,
  ]

  /// Returns the function with a name; nil if there is none.
  static func function(named name: String) -> (any ConditionFunction.Type)? {
    all.first { $0.name == name }
  }
}
