/// A column that a query does not return, or returns twice: a mistake in this module.
struct UnknownColumn: Error {
  let name: StaticString
}
