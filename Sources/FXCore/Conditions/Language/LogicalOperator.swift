/// An operator that joins two conditions.
enum LogicalOperator: String, Sendable {
  case and
  case or
}
