/// The version of this program.
package enum Version {
  /// The version, as in the package and the User-Agent.
  package static let text = "0.1.0"

  /// The User-Agent sent to publishers and receivers.
  package static let userAgent = "fxwatch/\(text) (currency rate monitor)"
}
