/// A YAML text in which the first character of some keys is masked.
struct MaskedText {
  private(set) var text: String
  private(set) var keys: [YAMLPosition: String] = [:]

  init(_ text: String) { self.text = text }

  /// Masks the key at a position; false if it is written so that a mask could change the meaning of the
  /// text.
  mutating func mask(_ name: String, at position: YAMLPosition) -> Bool {
    guard keys[position] == nil, let mask = Unicode.Scalar(0xE000 + UInt32(keys.count)),
      var index = text.index(of: position)
    else { return false }
    if ["\"", "'"].contains(text.unicodeScalars[index]) {
      index = text.unicodeScalars.index(after: index)
      guard index < text.endIndex else { return false }
    }
    guard text.unicodeScalars[index] == name.unicodeScalars.first,
      !"&*!?|>[]{}\"'\\".unicodeScalars.contains(text.unicodeScalars[index])
    else { return false }
    text.unicodeScalars.replaceSubrange(index...index, with: CollectionOfOne(mask))
    keys[position] = name
    return true
  }
}
