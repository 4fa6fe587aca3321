import FXConfig
package import FXCore
import FXNotifiers
import FXPostgres
import FXStore

/// The choice of the store: the only file outside of FXStore and FXPostgres that names them.
extension Setup {
  /// Returns the store in a state directory; opens nothing yet.
  package static func store(inStateDirectory directory: String) -> any StoreOpener {
    SQLiteStoreOpener(stateDirectory: directory)
  }

  /// The place of the store, as commands print it: the state directory, or the database.
  package var place: String { isStoreShared ? store.location : stateDirectory }

  /// True if several machines can share the store.
  package var isStoreShared: Bool {
    store.location != Self.store(inStateDirectory: stateDirectory).location
  }

  /// Returns the stores that a copy is made between, by their kinds: that in the state directory, and
  /// that of `store:`; throws where the config has none.
  package func store(ofKind kind: StoreKind) throws(StoreProblem) -> any StoreOpener {
    guard kind == .postgresql else { return Self.store(inStateDirectory: stateDirectory) }
    guard isStoreShared else {
      throw StoreProblem(
        .permanent, "\(file): has no 'store'; add store: {postgresql: \"host=… dbname=fxwatch\"}")
    }
    return store
  }

  /// Returns the store of `store:`, or without it that in the state directory.
  static func store(
    from section: SettingsSection?, inStateDirectory directory: String, _ context: NotifierContext
  ) -> any StoreOpener {
    guard let section else { return store(inStateDirectory: directory) }
    defer { section.finish() }
    let text = section.requiredString(
      "postgresql", because: "write a connection string such as 'host=a,b dbname=fxwatch'")
    let name = section.string("replica")
    if let name, !(1...64).contains(name.utf8.count) || name.utf8.contains(where: { $0 < 0x21 }) {
      section.problem("replica", "a name has 1 to 64 characters without spaces")
    }
    var password: Secret?
    if let reference = section.secret("password") {
      do throws(SecretProblem) { password = try context.secrets.read(reference) } catch {
        section.problem(
          "password", error.message, isWarning: context.secretsMayBeMissing && !error.isExposed,
          isTransient: error.isTransient)
      }
    }
    guard let text else { return store(inStateDirectory: directory) }
    do throws(StoreProblem) {
      return PostgresStoreOpener(try PostgresTarget(text, password: password), replica: name)
    } catch {
      section.problem("postgresql", error.message)
      return store(inStateDirectory: directory)
    }
  }
}
