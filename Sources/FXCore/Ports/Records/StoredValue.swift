/// One value of a row that is copied.
package enum StoredValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
}
