/// Refuses markup that is too expensive for libxml2, in one pass over the bytes before parsing.
enum MarkupLimits {
  /// A bit for each byte that is inspected, all of which are below 64: white space, `&`, `/`, `<`, `=`
  /// and `>`.
  private static let marks: UInt64 =
    (1 << 0x21) - 1 | 1 << 0x26 | 1 << 0x2F | 1 << 0x3C | 1 << 0x3D | 1 << 0x3E

  /// Throws for too many tags, references or attributes, and for entity declarations.
  ///
  /// No publisher of rates needs entities, and they can expand without end.
  static func check(_ body: [UInt8], refusesEntities: Bool) throws(ParseError) {
    var tags = 0
    var references = 0
    var separators = 0
    var work = 0
    var isInTag = false
    let entity = Array("<!ENTITY".utf8)
    var declaresEntities = false
    let marks = Self.marks
    // A buffer instead of the array: this inspects every byte, and must be fast in debug builds.
    body.withUnsafeBufferPointer { body in
      var index = 0
      while index < body.count {
        let byte = body[index]
        index += 1
        if byte > 0x3E || marks &>> UInt64(byte) & 1 == 0 { continue }
        if byte == 0x3C {
          tags += 1
          work += separators * separators
          separators = 0
          let next = index < body.count ? body[index] : 0
          isInTag = next | 0x20 >= UInt8(ascii: "a")
          if next == UInt8(ascii: "!"), body[(index - 1)...].starts(with: entity) {
            declaresEntities = true
          }
        } else if byte == 0x3E {
          isInTag = false
        } else if byte == 0x26 {
          references += 1
        } else if isInTag, byte <= 0x20 || byte == 0x3D || byte == 0x2F {
          separators += 1
        }
      }
    }
    if refusesEntities, declaresEntities {
      throw ParseError("the XML declares entities, which are not allowed")
    }
    if tags > BodyLimits.maximumTags {
      throw ParseError("the markup has more than \(BodyLimits.maximumTags) tags")
    }
    if references > BodyLimits.maximumReferences {
      throw ParseError("the markup has more than \(BodyLimits.maximumReferences) ampersands")
    }
    if work + separators * separators > BodyLimits.maximumAttributeWork {
      throw ParseError("the markup has tags with thousands of attributes")
    }
  }
}
