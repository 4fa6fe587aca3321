/// A kind of store, as it is named in commands.
package enum StoreKind: String, CaseIterable, Sendable {
  /// The database in the state directory.
  case sqlite
  /// The database that `store` in the config names.
  case postgresql
}
