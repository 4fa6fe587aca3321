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
