import Crypto
package import FXCore
import FoundationEssentials

/// Signs webhooks with one secret according to Standard Webhooks 1.0.0
/// (https://github.com/standard-webhooks/standard-webhooks).
///
/// Reflection does not reveal the key.
package struct WebhookSigner: Sendable {
  /// The length of a key in bytes; the specification allows 192 to 512 bits.
  private static let keyLengths = 24...64

  private static let prefix = "whsec_"

  private let key: SymmetricKey

  /// Creates a signer with a secret `whsec_<base64>`.
  ///
  /// The message of the thrown problem continues a sentence about the secret and does not quote it.
  package init(_ secret: Secret) throws(SecretProblem) {
    let remedy = "make one with: echo whsec_$(head -c 32 /dev/urandom | base64)"
    let text = secret.reveal()
    guard text.hasPrefix(Self.prefix),
      let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count)))
    else { throw SecretProblem("is not '\(Self.prefix)' followed by base64; \(remedy)") }
    guard Self.keyLengths.contains(bytes.count) else {
      throw SecretProblem(
        "contains a key of \(bytes.count) bytes; Standard Webhooks requires "
          + "\(Self.keyLengths.lowerBound) to \(Self.keyLengths.upperBound); \(remedy)")
    }
    key = SymmetricKey(data: bytes)
  }

  /// Returns `v1,<base64 of HMAC-SHA256 over id.timestamp.body>`; the timestamp is in seconds.
  package func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
    let signed = Array("\(id).\(timestamp).".utf8) + body
    let code = HMAC<SHA256>.authenticationCode(for: signed, using: key)
    return "v1," + Data(code).base64EncodedString()
  }
}
