/// A secret.
///
/// Printing, interpolating or reflecting it shows `[secret]`; only `reveal` gives it out.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  /// Wraps the secret's text.
  package init(_ text: String) { self.text = text }

  /// The secret itself, for the one place that signs or authenticates with it.
  package func reveal() -> String { text }

  package var description: String { "[secret]" }
  package var debugDescription: String { "[secret]" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// Where the config says a secret lies; the config itself never holds one.
package enum SecretReference: Hashable, Sendable {
  /// A file of that name in `$CREDENTIALS_DIRECTORY` (systemd's LoadCredential=).
  case credential(String)
  /// A file that others than its owner and group cannot read.
  case file(String)
}

/// Why a secret could not be read: a sentence that says where it was sought and what to do.
package struct SecretProblem: Error, Hashable, Sendable {
  package let message: String

  /// A problem in the words of `message`.
  package init(_ message: String) { self.message = message }
}

/// Reads secrets: the port behind `{credential: NAME}` and `{file: PATH}`.
package protocol Secrets: Sendable {
  /// The secret without a trailing newline; throws where it is missing, empty, larger than 64 KiB,
  /// not text, or readable by the world.
  func read(_ reference: SecretReference) throws(SecretProblem) -> Secret
}
