/// The place of a secret; the config contains references, never secrets.
package enum SecretReference: Hashable, Sendable {
  /// A file with that name in `$CREDENTIALS_DIRECTORY` (systemd's LoadCredential=).
  case credential(String)
  /// A file that only its owner and group can read.
  case file(String)
}

extension SecretReference: CustomStringConvertible {
  /// The reference in messages: `credential 'ops-webhook'`, `secret file '/etc/fxwatch/key'`.
  ///
  /// A secret that was written in the place of its name is masked.
  package var description: String {
    switch self {
    case .credential(let name): "credential '\(SecretMask.masked(name))'"
    case .file(let path): "secret file '\(SecretMask.masked(path))'"
    }
  }
}
