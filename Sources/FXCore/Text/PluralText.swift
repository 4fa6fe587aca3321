/// Counts as people write them.
package enum PluralText {
  /// `1 source`, `2 sources`; `plural` where adding an s is wrong.
  package static func text(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(count) " + (count == 1 ? noun : plural ?? noun + "s")
  }
}
