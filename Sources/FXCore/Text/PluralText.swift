/// Counts with their noun.
package enum PluralText {
  /// Returns `1 source`, `2 sources`; `plural` is for nouns that do not just add an s.
  package static func text(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) " + (count == 1 ? noun : plural ?? noun + "s")
  }
}
