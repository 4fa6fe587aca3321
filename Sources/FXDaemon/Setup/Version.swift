/// Which fxwatch this is.
package enum Version {
  /// The version, as packages and the User-Agent carry it.
  package static let text = "0.1.0"

  /// How fxwatch introduces itself to publishers and receivers.
  package static let userAgent = "fxwatch/\(text) (currency rate monitor)"
}
