package import FXCore
import FXStore

/// The choice of the store: the only file outside FXStore that names it.
extension Setup {
  /// The store of this config.
  package var store: any StoreOpener { Self.store(inStateDirectory: stateDirectory) }

  /// Returns the store in a state directory; opens nothing yet.
  package static func store(inStateDirectory directory: String) -> any StoreOpener {
    SQLiteStoreOpener(stateDirectory: directory)
  }
}
