import FXCore
import Yams

/// One YAML document as nodes of Yams, which may have duplicate keys.
///
/// Yams stops at the first map with a duplicate key. To report all duplicates and all other problems,
/// the first character of such a key is replaced by a private-use one, which moves no other
/// character, and the text is parsed again; `maskedKeys` has the original keys.
struct YAMLDocument {
  /// The node of the document; nil if the text contains none.
  let root: Node?

  /// The names of the masked keys, by position.
  let maskedKeys: [YAMLPosition: String]

  /// The most duplicate keys that are searched; each costs another parse of the text.
  static let maximumDuplicates = 32

  /// The most bytes that are parsed again for duplicates: enough for all 32 in a file of 128 KiB and
  /// for four in the largest file, within a second or two.
  static let maximumBytesParsedAgain = 4 << 20

  /// The most aliases of a text.
  ///
  /// Yams compares whole keys, and a key made of aliases of aliases doubles with each; 32 aliases can
  /// expand to at most e^(32/e), some 130 000, nodes.
  static let maximumAliases = 32

  /// Parses a text.
  init(text: String) throws(YAMLSyntaxError) {
    if let position = AliasCount.positionOfFirstBeyond(Self.maximumAliases, in: text) {
      throw YAMLSyntaxError(
        at: position, "more than \(Self.maximumAliases) aliases ('*name'); write out the values")
    }
    var masked = MaskedText(text)
    let attempts = min(
      Self.maximumDuplicates, Self.maximumBytesParsedAgain / max(1, text.utf8.count))
    while true {
      do {
        self.root = try Self.parse(masked.text)
        self.maskedKeys = masked.keys
        return
      } catch YamlError.duplicatedKeysInMapping(let names, let context) {
        guard let name = names.first, masked.keys.count < attempts,
          masked.mask(name, at: YAMLPosition(context.mark))
        else {
          throw YAMLSyntaxError(
            at: YAMLPosition(context.mark),
            "key \((names.first ?? "").quoted) is written more than once in its map; keep one")
        }
      } catch {
        throw YAMLSyntaxError(error, in: text)
      }
    }
  }

  /// Parses a text with the basic resolver, which interprets no numbers or dates.
  private static func parse(_ text: String) throws -> Node? {
    try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
  }
}
