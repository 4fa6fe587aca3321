import Crypto
package import FXCore
import FoundationEssentials

/// Signs webhooks with one secret, by the public specification Standard Webhooks 1.0.0
/// (https://github.com/standard-webhooks/standard-webhooks).
///
/// Reflecting it shows no byte of the key.
package struct WebhookSigner: Sendable {
  /// Bytes of a key, as the specification bounds them: 192 to 512 bits.
  private static let keyLengths = 24...64

  private static let prefix = "whsec_"

  private let key: SymmetricKey

  /// A signer with a secret `whsec_<base64>`; the problem ends a sentence, and does not quote it.
  package init(_ secret: Secret) throws(SecretProblem) {
    let remedy = "make one with: echo whsec_$(head -c 32 /dev/urandom | base64)"
    let text = secret.reveal()
    guard text.hasPrefix(Self.prefix),
      let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count)))
    else { throw SecretProblem("does not hold '\(Self.prefix)' followed by base64; \(remedy)") }
    guard Self.keyLengths.contains(bytes.count) else {
      throw SecretProblem(
        "holds a key of \(bytes.count) bytes, and Standard Webhooks asks for "
          + "\(Self.keyLengths.lowerBound) to \(Self.keyLengths.upperBound); \(remedy)")
    }
    key = SymmetricKey(data: bytes)
  }

  /// `v1,<base64 of HMAC-SHA256 over id.timestamp.body>`; the timestamp is in seconds.
  package func signature(id: String, timestamp: Int64, body: [UInt8]) -> String {
    let signed = Array("\(id).\(timestamp).".utf8) + body
    let code = HMAC<SHA256>.authenticationCode(for: signed, using: key)
    return "v1," + Data(code).base64EncodedString()
  }
}
