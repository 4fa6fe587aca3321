/// A secret text.
///
/// Printing, interpolating or reflecting it shows `[secret]`; only `reveal` returns the text.
package struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  private let text: String

  /// Creates a secret.
  package init(_ text: String) { self.text = text }

  /// Returns the text, for the code that signs or authenticates with it.
  package func reveal() -> String { text }

  package var description: String { "[secret]" }
  package var debugDescription: String { "[secret]" }
  package var customMirror: Mirror { Mirror(self, children: [:]) }
}
