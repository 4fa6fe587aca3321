/// Where the config says a secret lies; the config itself never holds one.
package enum SecretReference: Hashable, Sendable {
  /// A file of that name in `$CREDENTIALS_DIRECTORY` (systemd's LoadCredential=).
  case credential(String)
  /// A file that others than its owner and group cannot read.
  case file(String)
}

extension SecretReference: CustomStringConvertible {
  /// How sentences name it: `credential 'ops-webhook'`, `secret file '/etc/fxwatch/key'`.
  package var description: String {
    switch self {
    case .credential(let name): "credential '\(name)'"
    case .file(let path): "secret file '\(path)'"
    }
  }
}
