package import FXCore

/// A header whose value is a secret.
package struct SecretHeader: Hashable, Sendable {
  package let name: String
  package let value: SecretReference

  /// A header with a secret value.
  init(_ name: String, _ value: SecretReference) {
    self.name = name
    self.value = value
  }
}
