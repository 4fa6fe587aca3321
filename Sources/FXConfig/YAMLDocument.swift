import FXCore
import Yams

/// A line and column of YAML text, both from 1; columns count Unicode scalars.
struct YAMLPlace: Hashable, Comparable {
  let line: Int
  let column: Int

  init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  init(_ mark: SettingsMark) { self.init(line: mark.line, column: mark.column) }

  init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }

  static func < (left: YAMLPlace, right: YAMLPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// One YAML document as nodes of Yams, which may have duplicate keys.
///
/// Yams stops at the first map with a duplicate key. To report all duplicates and all other problems,
/// the first character of such a key is replaced by a private-use one, which moves no other
/// character, and the text is parsed again; `maskedKeys` has the original keys.
struct YAMLDocument {
  /// The node of the document; nil if the text contains none.
  let root: Node?

  /// The names of the masked keys, by position.
  let maskedKeys: [YAMLPlace: String]

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
    if let place = AliasCount.placeOfFirstBeyond(Self.maximumAliases, in: text) {
      throw YAMLSyntaxError(
        at: place, "more than \(Self.maximumAliases) aliases ('*name'); write out the values")
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
          masked.mask(name, at: YAMLPlace(context.mark))
        else {
          throw YAMLSyntaxError(
            at: YAMLPlace(context.mark),
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

/// A YAML text in which the first character of some keys is masked.
private struct MaskedText {
  private(set) var text: String
  private(set) var keys: [YAMLPlace: String] = [:]

  init(_ text: String) { self.text = text }

  /// Masks the key at a position; false if it is written so that a mask could change the meaning of the
  /// text.
  mutating func mask(_ name: String, at place: YAMLPlace) -> Bool {
    guard keys[place] == nil, let mask = Unicode.Scalar(0xE000 + UInt32(keys.count)),
      var index = text.index(of: place)
    else { return false }
    if ["\"", "'"].contains(text.unicodeScalars[index]) {
      index = text.unicodeScalars.index(after: index)
      guard index < text.endIndex else { return false }
    }
    guard text.unicodeScalars[index] == name.unicodeScalars.first,
      !"&*!?|>[]{}\"'\\".unicodeScalars.contains(text.unicodeScalars[index])
    else { return false }
    text.unicodeScalars.replaceSubrange(index...index, with: CollectionOfOne(mask))
    keys[place] = name
    return true
  }
}

/// Counts possible aliases before the text is parsed.
private enum AliasCount {
  /// Returns the position of the alias after the first `limit`; nil if there are fewer, or no anchor.
  static func placeOfFirstBeyond(_ limit: Int, in text: String) -> YAMLPlace? {
    var anchors = 0
    var aliases = 0
    var found: YAMLPlace?
    var line = 1
    var column = 1
    var before: Unicode.Scalar = " "
    var scalars = text.unicodeScalars.makeIterator()
    var next = scalars.next()
    while let scalar = next {
      next = scalars.next()
      if scalar == "&" || scalar == "*", " \t\r\n[{,".unicodeScalars.contains(before),
        let next, isNameScalar(next)
      {
        if scalar == "&" { anchors += 1 } else { aliases += 1 }
        if aliases > limit, found == nil { found = YAMLPlace(line: line, column: column) }
      }
      if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
      before = scalar
    }
    return anchors > 0 ? found : nil
  }

  private static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_", "-": true
    default: false
    }
  }
}

extension String {
  /// Returns the index of a position; nil if the text has no such position.
  func index(of place: YAMLPlace) -> String.Index? {
    var line = 1
    var index = unicodeScalars.startIndex
    while line < place.line {
      guard let lineEnd = unicodeScalars[index...].firstIndex(of: "\n") else { return nil }
      index = unicodeScalars.index(after: lineEnd)
      line += 1
    }
    guard
      let found = unicodeScalars.index(
        index, offsetBy: place.column - 1, limitedBy: unicodeScalars.endIndex),
      found < endIndex
    else { return nil }
    return found
  }
}
