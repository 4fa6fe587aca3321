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

/// One YAML document as Yams' nodes, also where keys stand twice.
///
/// Yams gives up at the first map with a duplicate key. To report every duplicate, and all else that
/// is wrong, the first character of such a key is masked by a private-use one, which moves nothing,
/// and the text is read again; `maskedKeys` tells where, and what was written.
struct YAMLDocument {
  /// The node of the document; nil where the text holds none.
  let root: Node?

  /// The names of masked keys by where they stand.
  let maskedKeys: [YAMLPlace: String]

  /// How many duplicate keys are looked for; each costs another reading of the text.
  static let maximumDuplicates = 32

  /// How many bytes are read again for the sake of duplicates: all 32 in a file of 128 KiB, four in
  /// the largest, which keeps the answer within a second or two.
  static let maximumBytesReadAgain = 4 << 20

  /// How many aliases a text may hold.
  ///
  /// Yams compares whole keys, and a key made of aliases of
  /// aliases doubles with each; out of 32 at most e^(32/e), some 130 000, can be multiplied.
  static let maximumAliases = 32

  /// Reads a text.
  init(text: String) throws(YAMLSyntaxError) {
    if let place = AliasCount.placeOfFirstBeyond(Self.maximumAliases, in: text) {
      throw YAMLSyntaxError(
        at: place, "more than \(Self.maximumAliases) aliases ('*name'); write the values out")
    }
    var masked = MaskedText(text)
    let attempts = min(
      Self.maximumDuplicates, Self.maximumBytesReadAgain / max(1, text.utf8.count))
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

  /// The basic resolver knows no numbers and no dates: nothing is interpreted.
  private static func parse(_ text: String) throws -> Node? {
    try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
  }
}

/// YAML text in which the first character of some keys is masked.
private struct MaskedText {
  private(set) var text: String
  private(set) var keys: [YAMLPlace: String] = [:]

  init(_ text: String) { self.text = text }

  /// Masks the key at a place; false where it is not written plainly, so that a mask could change
  /// what the text means.
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

/// Counts what may be aliases before the text is read.
private enum AliasCount {
  /// The place of the alias after the first `limit`; nil where there are fewer, or no anchor that
  /// an alias could repeat.
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
  /// The index of a place; nil where the text has none such.
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
